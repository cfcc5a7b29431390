//! Reads the HTTP status in the body of a response, which repeats the status line.
//!
//! A missing or invalid status must not make a login fail.

use std::fmt;

use declapi::received_status;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Returns the status of the current response, for a body without one. Returns 0 for a body that is read without its
/// response, for example a stored body.
pub(crate) fn of_response() -> u16 {
    received_status().unwrap_or_default()
}

/// Reads the status in a body: a number or a string of digits. If it is not a valid status, uses that of the response.
pub(crate) fn or_of_response<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    deserializer.deserialize_any(StatusVisitor).map(|stated| stated.unwrap_or_else(of_response))
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
        or_of_response(&mut serde_json::Deserializer::from_str(json)).unwrap()
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
            let read = or_of_response(&mut serde_json::Deserializer::from_str(json));
            let error = read.unwrap_err().to_string();
            assert!(error.contains("expected a number") && !error.contains("hunter"), "{json}: {error}");
        }
    }
}
