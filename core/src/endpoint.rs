//! What an endpoint is to the runtime: it describes itself, and writes requests.

mod absolute;
mod body;
mod constants;
mod extras;
mod flat;
mod options;
mod parts;
mod query;
mod request;
mod spelling;
mod text;

use serde::de::DeserializeOwned;

pub use self::options::{CallOptions, WithOptions};
pub use self::parts::Parts;
pub use self::request::Request;
pub(crate) use self::spelling::push_pair;
use crate::{EndpointInfo, Error};

/// One HTTP endpoint: a value of the type is a request to it.
///
/// [`#[endpoint]`](macro@crate::endpoint) implements it for the annotated struct. Code that works with any
/// endpoint takes it as a bound:
///
/// ```
/// use declapi::{Endpoint, endpoint};
///
/// fn describe<E: Endpoint>() -> String {
///     format!("{} {}", E::INFO.method.as_str(), E::INFO.path)
/// }
///
/// /// Reads a file.
/// #[endpoint(get = "/files/{id}", response = String)]
/// pub struct ReadFile {
///     /// The id of the file.
///     pub id: u64,
/// }
/// assert_eq!(describe::<ReadFile>(), "GET /files/{id}");
/// ```
pub trait Endpoint {
    /// What a success is read into.
    type Response: DeserializeOwned;

    /// What can be said of the endpoint without a request.
    const INFO: &'static EndpointInfo;

    /// Writes path, query, headers and body; called through [`request`](Self::request).
    #[doc(hidden)]
    fn write(&self, to: &mut Parts);

    /// Returns the request with options for a single call, to be sent as any other.
    fn with_options(&self, options: CallOptions) -> WithOptions<'_, Self>
    where
        Self: Sized,
    {
        WithOptions::new(self, options)
    }

    /// Returns the request as it would be sent, without sending anything.
    ///
    /// # Errors
    ///
    /// A path value, or a segment of one, is empty, `.` or `..`, a header value has a line break, or a value cannot be serialized.
    fn request(&self) -> Result<Request, Error> {
        let mut parts = Parts::new(Self::INFO);
        self.write(&mut parts);
        parts.finish()
    }
}
