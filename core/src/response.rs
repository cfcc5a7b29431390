//! How a response is read, so that an API's drift is no error.

pub(crate) mod open_enum;
pub mod tolerant;

use std::borrow::Cow;

use serde::de::DeserializeOwned;

use crate::Error;
use crate::mend::mended;

/// Reads the body of a success; `unreadable` makes the error for one that is not what the endpoint declares.
pub(crate) fn decode<T: DeserializeOwned>(
    body: &[u8],
    unreadable: impl FnOnce(&str, &serde_json::Error) -> Error,
) -> Result<T, Error> {
    // What has no size, such as `()`, says that nothing of the body matters.
    if let Some(Ok(nothing)) = (size_of::<T>() == 0).then(|| serde_json::from_slice(b"null")) {
        return Ok(nothing);
    }
    let body = if body.is_empty() { b"null" } else { body };
    // Checking the whole text once is much cheaper than checking string after string; and mending it character by
    // character, six instructions a byte, is for those that need it.
    let text = std::str::from_utf8(body).map_or_else(|_| String::from_utf8_lossy(body), Cow::Borrowed);
    serde_json::from_str(&text).or_else(|error| {
        let again = mended(&text).and_then(|mended| serde_json::from_str(&mended).ok());
        again.ok_or_else(|| unreadable(&text, &error))
    })
}
