//! The types of responses: JSON, which is read tolerantly, and bytes, text and streams.

pub mod beside;
pub(crate) mod borrowed;
mod described;
mod envelope;
mod events;
pub(crate) mod fields;
mod from_response;
pub(crate) mod lenient;
mod lines;
mod names;
pub(crate) mod open_enum;
pub mod reading;
mod received;
mod status;
mod stream;
pub mod tolerant;
mod whole;
pub mod writing;

use serde::de::DeserializeOwned;

pub use self::events::{Event, Events};
pub use self::from_response::{Arrival, FromResponse, Reader};
pub(crate) use self::from_response::{JSON, Wanted};
pub use self::lines::JsonLines;
pub use self::received::Received;
pub(crate) use self::received::{Bounds, Origin};
pub use self::status::received_status;
pub use self::stream::ByteStream;
pub(crate) use self::stream::collect;
pub use self::whole::{Bytes, Response, Text};
use crate::mend;

/// Deserializes JSON in the same way as a client. A value that `serde_json` cannot represent, for example a number
/// beyond the range of `f64` or a list nested in hundreds of others, becomes a string that contains its JSON instead of
/// an error.
///
/// # Errors
///
/// The text is not JSON, or does not match `T`.
///
/// ```
/// let read: serde_json::Value = declapi::from_json(r#"{"large":1e400}"#)?;
/// assert_eq!(read["large"], "1e400");
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn from_json<T: DeserializeOwned>(json: &str) -> Result<T, serde_json::Error> {
    mend::read(json)
}
