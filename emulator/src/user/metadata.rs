//! The metadata objects of users and clients.

use serde_json::{Map, Value};

use crate::{
    api_error::{ApiError, METADATA_TOO_LARGE, METADATA_TOO_MANY_KEYS},
    parameter::Parameters,
};

/// The size limit of a metadata object as JSON, after a merge.
const MAX_METADATA_BYTES: usize = 4096;
/// How many top-level keys a metadata object can have, after a merge.
const MAX_METADATA_KEYS: usize = 20;

/// Merges a metadata parameter into a metadata object, if the request has it.
///
/// # Errors
///
/// `metadata_too_many_keys` and `metadata_too_large`.
pub(crate) fn merge_metadata(
    into: &mut Map<String, Value>,
    parameters: &Parameters,
    name: &str,
) -> Result<(), ApiError> {
    if let Some(update) = parameters.map(name) {
        merge(into, update);
        check_metadata(name, into)?;
    }
    Ok(())
}

/// Merges as Stytch does: a key with a value is set, a key with null is deleted, and the others stay.
pub(crate) fn merge(into: &mut Map<String, Value>, update: &Map<String, Value>) {
    for (key, value) in update {
        if value.is_null() {
            into.remove(key);
        } else {
            into.insert(key.clone(), value.clone());
        }
    }
}

/// Checks a merged metadata object against the documented limits.
fn check_metadata(name: &str, metadata: &Map<String, Value>) -> Result<(), ApiError> {
    let keys = metadata.len();
    if keys > MAX_METADATA_KEYS {
        let message = format!("`{name}` would have {keys} top-level keys. The limit is {MAX_METADATA_KEYS}.");
        return Err(ApiError::new(&METADATA_TOO_MANY_KEYS, message));
    }
    let bytes = serde_json::to_string(metadata).map_or(0, |json| json.len());
    if bytes > MAX_METADATA_BYTES {
        let message =
            format!("`{name}` would have {bytes} bytes of JSON. The limit is {MAX_METADATA_BYTES}.");
        return Err(ApiError::new(&METADATA_TOO_LARGE, message));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn merging_sets_deletes_and_keeps_keys() {
        let Value::Object(mut data) = json!({ "keep": 1, "drop": 2, "change": { "a": 1 } }) else {
            unreachable!()
        };
        let Value::Object(update) = json!({ "drop": null, "change": { "b": 2 }, "absent": null }) else {
            unreachable!()
        };
        merge(&mut data, &update);
        assert_eq!(Value::Object(data), json!({ "keep": 1, "change": { "b": 2 } }));
    }
}
