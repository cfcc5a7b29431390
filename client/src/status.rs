//! The HTTP status in the body of a response, which repeats the status line.
//!
//! A missing or invalid status must not make a login fail.

use std::fmt;

use declapi::received_status;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// The HTTP status in the body of a response, or that of the response if the body has none.
///
/// It is 0 for a body without one that is read without its response, for example a stored body.
///
/// ```
/// let response: stytch_client::users::DeleteResponse = serde_json::from_str(
///     r#"{"request_id":"request-1","status_code":200,"user_id":"user-1"}"#,
/// )?;
/// assert_eq!(response.status_code, 200);
/// assert_eq!(response.status_code.as_u16(), 200);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct HttpStatus(u16);

impl HttpStatus {
    /// Returns the number.
    pub const fn as_u16(self) -> u16 {
        self.0
    }
}

impl Default for HttpStatus {
    /// Returns the status of the response that is being read.
    fn default() -> Self {
        Self(received_status().unwrap_or_default())
    }
}

impl PartialEq<u16> for HttpStatus {
    fn eq(&self, other: &u16) -> bool {
        self.0 == *other
    }
}

impl fmt::Display for HttpStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for HttpStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

#[cfg(feature = "describe")]
impl declapi::Describe for HttpStatus {
    const KIND: declapi::JsonKind = declapi::JsonKind::Integer;
}

impl<'de> Deserialize<'de> for HttpStatus {
    /// Reads a number or a string of digits. If it is not a valid status, returns that of the response.
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Ok(from.deserialize_any(StatusVisitor)?.map(Self).unwrap_or_default())
    }
}

struct StatusVisitor;

impl<'de> Visitor<'de> for StatusVisitor {
    type Value = Option<u16>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_u64<E>(self, status: u64) -> Result<Option<u16>, E> {
        Ok(status.try_into().ok())
    }

    fn visit_i64<E>(self, status: i64) -> Result<Option<u16>, E> {
        Ok(status.try_into().ok())
    }

    fn visit_f64<E>(self, status: f64) -> Result<Option<u16>, E> {
        Ok(whole(status))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Option<u16>, E> {
        if text.is_empty() {
            return Ok(None);
        }
        // The text is not quoted, because it may be anything.
        text.parse().map(whole).map_err(|_| E::invalid_value(Unexpected::Other("a string"), &self))
    }

    fn visit_unit<E>(self) -> Result<Option<u16>, E> {
        Ok(None)
    }

    /// A number, if a crate of the program enables `arbitrary_precision`.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<u16>, A::Error> {
        match Value::deserialize(MapAccessDeserializer::new(map))? {
            Value::Number(number) => Ok(number.as_f64().and_then(whole)),
            _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

/// Returns the number if it can be a status.
fn whole(number: f64) -> Option<u16> {
    (number.fract() == 0.0).then(|| format!("{number:.0}").parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> u16 {
        serde_json::from_str::<HttpStatus>(json).unwrap().as_u16()
    }

    #[test]
    fn a_status_is_read_in_all_forms() {
        for json in ["200", "200.0", "2e2", "\"200\""] {
            assert_eq!(read(json), 200, "{json}");
        }
        assert_eq!((read("0"), read("0.0"), read("65535")), (0, 0, 65535));
    }

    /// There is no response in this test. `tests/tests/metadata.rs` has the same test with a response.
    #[test]
    fn an_invalid_status_is_replaced() {
        for json in
            ["null", "65536", "-1", "200.5", "1e300", "\"\"", "\"-1\"", "\"200.5\"", "\"1e400\"", "\"NaN\""]
        {
            assert_eq!(read(json), 0, "{json}");
        }
    }

    #[test]
    fn errors_do_not_quote_the_value() {
        for json in ["\"hunter2\"", "true", "[200]", "{\"a\":200}"] {
            let error = serde_json::from_str::<HttpStatus>(json).unwrap_err().to_string();
            assert!(error.contains("expected a number") && !error.contains("hunter"), "{json}: {error}");
        }
    }
}
