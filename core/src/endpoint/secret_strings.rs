//! Collects the strings of a JSON value that may be secret.

use serde_json::Value;
use zeroize::Zeroizing;

use crate::{EndpointInfo, Location};

/// An unmarked string of at least this many bytes is redacted. Shorter strings are ordinary words.
pub(super) const UNMARKED: usize = 4;

/// A number with at least this many digits is redacted.
const PASSCODE: usize = 4;

/// Collects the values that may be secret from the body of an endpoint as JSON.
pub(super) fn collect_formatted(body: Value, info: &EndpointInfo, secrets: &mut Vec<Zeroizing<String>>) {
    let whole = info.has_field(|field| field.secret && field.location == Location::WholeBody);
    match body {
        Value::Object(fields) if !whole => {
            for (name, value) in fields {
                let least = if info.is_secret(&name) { 0 } else { UNMARKED };
                match value {
                    // In a JSON body, a field that is not marked is not redacted either.
                    Value::String(text) if least > 0 => drop(Zeroizing::new(text)),
                    value => collect_strings(value, least, secrets),
                }
            }
        }
        body => collect_strings(body, if whole { 0 } else { UNMARKED }, secrets),
    }
}

/// Collects the strings of a JSON text that have at least `least` bytes.
pub(super) fn collect_json(json: &[u8], least: usize, secrets: &mut Vec<Zeroizing<String>>) {
    if let Ok(value) = serde_json::from_slice(json) {
        collect_strings(value, least, secrets);
    }
}

/// Moves the strings instead of copying them, so that each is overwritten when it is dropped.
pub(super) fn collect_strings(value: Value, least: usize, secrets: &mut Vec<Zeroizing<String>>) {
    match value {
        Value::String(text) if text.len() >= least => secrets.push(Zeroizing::new(text)),
        Value::Array(items) => items.into_iter().for_each(|item| collect_strings(item, least, secrets)),
        Value::Object(fields) => {
            fields.into_iter().for_each(|(_, value)| collect_strings(value, least, secrets));
        }
        // A passcode may be a number. A shorter number is a setting, for example the number of hash iterations.
        Value::Number(number) if least == 0 => {
            let text = Some(number.to_string()).filter(|text| text.len() >= PASSCODE);
            secrets.extend(text.map(Zeroizing::new));
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
