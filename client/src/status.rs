//! The HTTP status in the body of a response, which says no more than the status line does.
//!
//! However it is spelled, and whether it is there at all, is no reason to lose a login.

use std::fmt;

use declapi::received_status;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Returns the status of the response that is being read, for a body without one; 0 for a body that is read without its
/// response, such as one that was stored.
pub(crate) fn of_response() -> u16 {
    received_status().unwrap_or_default()
}

/// The status in a body, a number or a string of digits; that of the response where the number is no status.
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
        // The text is not quoted, since it may be anything.
        text.parse().map(whole).map_err(|_| E::invalid_value(Unexpected::Other("a text"), &self))
    }

    fn visit_unit<E>(self) -> Result<Option<u16>, E> {
        Ok(None)
    }

    /// A number, where a crate of the program enables `arbitrary_precision`.
    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Option<u16>, A::Error> {
        match Value::deserialize(MapAccessDeserializer::new(map))? {
            Value::Number(number) => Ok(number.as_f64().and_then(whole)),
            _ => Err(A::Error::invalid_type(Unexpected::Map, &self)),
        }
    }
}

/// The number, if it is one that a status may be.
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
    fn a_status_is_read_however_it_is_spelled() {
        for json in ["200", "200.0", "2e2", "\"200\""] {
            assert_eq!(read(json), 200, "{json}");
        }
        assert_eq!((read("0"), read("0.0"), read("65535")), (0, 0, 65535));
    }

    /// Here, there is no response. `tests/tests/metadata.rs` has the same with one.
    #[test]
    fn what_is_no_status_is_that_of_the_response() {
        for json in
            ["null", "65536", "-1", "200.5", "1e300", "\"\"", "\"-1\"", "\"200.5\"", "\"1e400\"", "\"NaN\""]
        {
            assert_eq!(read(json), 0, "{json}");
        }
    }

    #[test]
    fn what_is_not_a_number_is_an_error_that_does_not_quote_it() {
        for json in ["\"hunter2\"", "true", "[200]", "{\"a\":200}"] {
            let read = or_of_response(&mut serde_json::Deserializer::from_str(json));
            let error = read.unwrap_err().to_string();
            assert!(error.contains("expected a number") && !error.contains("hunter"), "{json}: {error}");
        }
    }
}
