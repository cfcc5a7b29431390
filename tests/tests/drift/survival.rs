//! Checks that the received values are in the value that was read.

use serde_json::Value;
use stytch_client::Timestamp;

/// Fields whose content belongs to the user and is kept exactly.
const FREE: [&str; 4] = ["trusted_metadata", "untrusted_metadata", "custom_claims", "google_oauth_factor"];
/// Fields for which an empty string is the same as no value.
const NONE_IF_EMPTY: [&str; 6] = [
    "session_token",
    "session_jwt",
    "intermediate_session_token",
    "access_token",
    "refresh_token",
    "id_token",
];

/// Adds the fields of `came` that `documented` knows and that are missing in `read`.
pub(crate) fn check(documented: &Value, came: &Value, read: &Value) -> Result<(), String> {
    inside("", documented, came, read)
}

fn inside(at: &str, documented: &Value, came: &Value, read: &Value) -> Result<(), String> {
    match (documented, came) {
        (Value::Object(known), Value::Object(members)) => {
            for (name, documented) in known {
                if let Some(came) = members.get(name) {
                    field(&format!("{at}/{name}"), name, documented, came, &read[name])?;
                }
            }
            // A factor keeps unknown fields, because they may describe the method.
            let is_factor = known.contains_key("delivery_method");
            let mut unknown = members.iter().filter(|(name, _)| is_factor && name.starts_with("made_up_"));
            unknown.try_for_each(|(name, came)| same(&format!("{at}/{name}"), came, &read[name]))
        }
        (Value::Array(known), Value::Array(items)) => {
            let length = read.as_array().map(Vec::len);
            if length != Some(items.len()) {
                return Err(format!("{at} had {} elements and has {length:?}", items.len()));
            }
            // Single elements are never added or removed, so that they keep their positions.
            let mut items = items.iter().enumerate().zip(known);
            items.try_for_each(|((index, came), known)| {
                inside(&format!("{at}/{index}"), known, came, &read[index])
            })
        }
        _ => same(at, came, read),
    }
}

fn field(at: &str, name: &str, documented: &Value, came: &Value, read: &Value) -> Result<(), String> {
    if came.is_null() || NONE_IF_EMPTY.contains(&name) && came == "" {
        return absent_or_empty(at, read);
    }
    if FREE.contains(&name) {
        return same(at, came, read);
    }
    let is_time = name.ends_with("_at");
    match came.as_str().filter(|_| is_time).map(str::parse::<Timestamp>) {
        Some(Ok(time)) => {
            let read_time = read.as_str().and_then(|text| text.parse().ok());
            if read_time == Some(time) { Ok(()) } else { Err(format!("{at} was {came} and is {read}")) }
        }
        Some(Err(_)) => absent_or_empty(at, read)
            .map_err(|kept| format!("{kept}: declare a time as `#[response(lenient)] Option<Timestamp>`")),
        None => inside(at, documented, came, read),
    }
}

fn same(at: &str, came: &Value, read: &Value) -> Result<(), String> {
    match read {
        _ if came == read => Ok(()),
        Value::Null => Err(format!("{at} was {came}, and no declared field has it")),
        _ => Err(format!("{at} was {came} and is {read}")),
    }
}

/// For the reader, null, missing and empty are the same.
fn absent_or_empty(at: &str, read: &Value) -> Result<(), String> {
    let is_empty = match read {
        Value::Null | Value::Bool(false) => true,
        Value::Number(number) => number.as_u64() == Some(0),
        Value::String(text) => text.is_empty(),
        Value::Array(items) => items.is_empty(),
        // A map without entries.
        Value::Object(fields) => fields.is_empty(),
        Value::Bool(true) => false,
    };
    if is_empty { Ok(()) } else { Err(format!("{at} had no value, and is {read}")) }
}
