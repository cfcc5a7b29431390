//! The types that a response can be read into.

use std::fmt;

use serde::de::DeserializeOwned;

use super::received::Received;
use crate::Error;

/// A type that a response can be read into.
///
/// Every type that implements serde's `Deserialize` is read from JSON. The following types are read in other ways:
///
/// | type | reads |
/// |---|---|
/// | [`Bytes`](crate::Bytes), [`Text`](crate::Text) | the whole body, as bytes or as text |
/// | [`ByteStream`](crate::ByteStream) | the body in chunks |
/// | [`JsonLines<T>`](crate::JsonLines) | one JSON value per line |
/// | [`Events<T>`](crate::Events) | server-sent events |
/// | [`Response<T>`](crate::Response) | status, headers and URL, and a `T` |
///
/// Implement it for another format:
///
/// ```
/// use declapi::{ApiClient, Client, Error, FromResponse, Received, endpoint, http};
///
/// /// A table of comma-separated values.
/// #[derive(Debug, PartialEq)]
/// pub struct Csv(pub Vec<Vec<String>>);
///
/// impl FromResponse for Csv {
///     const ACCEPT: &'static str = "text/csv";
///
///     fn from_response(received: Received<'_>) -> Result<Self, Error> {
///         let text = received.text();
///         if text.contains('"') {
///             return Err(received.error("quoted values are not supported"));
///         }
///         Ok(Self(text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()))
///     }
/// }
///
/// /// Reads a report.
/// #[endpoint(get = "/reports/{id}", response = Csv)]
/// pub struct ReadReport {
///     /// The id of the report.
///     pub id: u64,
/// }
///
/// let request = ReadReport::builder().id(7).build();
/// let report = Client::read(&request, http::Response::new("a,b\n1,2".into()))?;
/// assert_eq!(report, Csv(vec![vec!["a".into(), "b".into()], vec!["1".into(), "2".into()]]));
/// # Ok::<(), Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "no response can be read into `{Self}`",
    label = "neither `serde::Deserialize` nor `declapi::FromResponse` is implemented",
    note = "annotate a struct of the response's fields with `#[response]`, or derive `serde::Deserialize`",
    note = "for responses other than JSON, use `declapi::Bytes`, `Text`, `ByteStream`, `JsonLines<T>` or `Events<T>`"
)]
pub trait FromResponse: Sized {
    /// The media type that is sent in the header `Accept`, unless the declaration has that header. Default: `*/*`.
    const ACCEPT: &'static str = "*/*";

    /// How the body is received. Default: [`Arrival::Whole`].
    const ARRIVAL: Arrival = Arrival::Whole;

    /// Reads a successful response.
    ///
    /// # Errors
    ///
    /// The response does not match the type: see [`Received::error`].
    fn from_response(received: Received<'_>) -> Result<Self, Error>;
}

/// How the body of a response is received before it is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Arrival {
    /// As a whole, within the timeout of the call. If the connection is closed while the body arrives, the call may be
    /// retried.
    Whole,
    /// As a whole, with a timeout for each chunk instead of one for the call. Use it for large bodies. The call is not
    /// retried after the body has begun to arrive.
    Pieces,
    /// Not received before it is read. The type reads it in chunks, with a timeout for each.
    Streamed,
}

/// Reads a response into a `T`. [`Endpoint`](crate::Endpoint) and [`Caller`](crate::Caller) use it.
pub struct Reader<T> {
    pub(crate) wanted: Wanted,
    pub(crate) read: fn(Received<'_>) -> Result<T, Error>,
}

/// The requirements of a type for the response.
#[derive(Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) accept: &'static str,
    pub(crate) arrival: Arrival,
}

impl<T: FromResponse> Reader<T> {
    /// Creates the reader of a type.
    pub const fn new() -> Self {
        Self::by::<T>(T::from_response)
    }
}

impl<T> Reader<T> {
    /// Creates the reader of a type that is made from an `R`.
    pub(crate) const fn by<R: FromResponse>(read: fn(Received<'_>) -> Result<T, Error>) -> Self {
        Self { wanted: Wanted { accept: R::ACCEPT, arrival: R::ARRIVAL }, read }
    }
}

impl<T: FromResponse> Reader<Option<T>> {
    /// Creates the reader of an `Option`. It reads `None` for the statuses 204 and 205, for statuses that the endpoint
    /// declares as `none`, and for JSON that is null or empty. For a type without content, for example `()`, it reads
    /// `None` only for statuses that are declared as `none`.
    pub const fn optional() -> Self {
        Self::by::<T>(optional)
    }
}

impl<T: FromResponse> Default for Reader<T> {
    fn default() -> Self {
        Self::new()
    }
}

impl<T> Clone for Reader<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Reader<T> {}

impl<T> fmt::Debug for Reader<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("accept", &self.wanted.accept)
            .field("arrival", &self.wanted.arrival)
            .finish_non_exhaustive()
    }
}

fn optional<T: FromResponse>(received: Received<'_>) -> Result<Option<T>, Error> {
    if size_of::<T>() == 0 {
        // Some APIs use 204 for "yes" and 404 for "no".
        let is_none = received.info().is_none(received.status());
        return if is_none { Ok(None) } else { T::from_response(received).map(Some) };
    }
    let is_json = T::ACCEPT == JSON;
    if received.is_none() || is_json && received.content()?.trim() == "null" {
        return Ok(None);
    }
    T::from_response(received).map(Some)
}

/// The media type of all types that serde reads.
pub(crate) const JSON: &str = "application/json";

impl<T: DeserializeOwned> FromResponse for T {
    const ACCEPT: &'static str = JSON;

    fn from_response(received: Received<'_>) -> Result<Self, Error> {
        received.json()
    }
}
