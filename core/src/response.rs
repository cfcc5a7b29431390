//! How a response is read, so that an API's drift is no error.

pub mod beside;
pub(crate) mod borrowed;
pub(crate) mod fields;
pub(crate) mod lenient;
mod names;
pub(crate) mod open_enum;
pub mod reading;
mod status;
pub mod tolerant;
pub mod writing;

use std::borrow::Cow;

use serde::de::DeserializeOwned;

pub use self::status::received_status;
use self::status::while_reading;
use crate::{Error, mend};

/// Reads the body of a success; `unreadable` makes the error for one that is not what the endpoint declares.
pub(crate) fn decode<T: DeserializeOwned>(
    status: u16,
    body: &[u8],
    unreadable: impl FnOnce(&str, &serde_json::Error) -> Error,
) -> Result<T, Error> {
    // What has no size, such as `()`, says that nothing of the body matters.
    if let Some(Ok(nothing)) = (size_of::<T>() == 0).then(|| serde_json::from_slice(b"null")) {
        return Ok(nothing);
    }
    let body = if body.is_empty() { b"null" } else { body };
    // Checking the whole text once is much cheaper than checking string after string.
    let text = std::str::from_utf8(body).map_or_else(|_| String::from_utf8_lossy(body), Cow::Borrowed);
    while_reading(status, || mend::read(&text)).map_err(|error| unreadable(&text, &error))
}

/// Reads JSON as a client reads responses: what `serde_json` cannot represent, such as a number beyond `f64` or a list
/// in hundreds of others, becomes a string that contains its JSON, instead of an error.
///
/// # Errors
///
/// The text is not JSON, or not what `T` takes.
///
/// ```
/// let read: serde_json::Value = declapi::from_json(r#"{"large":1e400}"#)?;
/// assert_eq!(read["large"], "1e400");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn from_json<T: DeserializeOwned>(json: &str) -> Result<T, serde_json::Error> {
    mend::read(json)
}
