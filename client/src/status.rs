//! The HTTP status in the body of a response, which says no more than the status line does.
//!
//! However it is spelled, and whether it is there at all, is no reason to lose a login.

use declapi::received_status;
use serde::de::Error;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// Returns the status of the response that is being read, for a body without one; 0 for a body that is read without its
/// response, such as one that was stored.
pub(crate) fn of_response() -> u16 {
    received_status().unwrap_or_default()
}

/// The status in a body, a number or the text of one; that of the response where the number is no status.
pub(crate) fn or_of_response<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    let stated: Option<f64> = match Value::deserialize(deserializer)? {
        Value::Null => None,
        Value::Number(number) => number.as_f64(),
        Value::String(text) if text.is_empty() => None,
        Value::String(text) => Some(text.parse().map_err(|_| Error::custom(NO_NUMBER))?),
        Value::Bool(_) | Value::Array(_) | Value::Object(_) => return Err(Error::custom(NO_NUMBER)),
    };
    Ok(stated.and_then(whole).unwrap_or_else(of_response))
}

/// The text is not quoted, since it may be anything.
const NO_NUMBER: &str = "invalid status, expected a number";

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
            assert_eq!(read.unwrap_err().to_string(), NO_NUMBER, "{json}");
        }
    }
}
