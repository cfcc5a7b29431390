//! The traits with which an endpoint describes itself and writes requests.

mod absolute;
mod body;
mod constants;
mod curl;
mod extras;
mod flat;
mod form;
mod format;
mod header;
#[cfg(feature = "tracing")]
mod marked;
mod media_type;
mod multipart;
mod options;
mod parts;
mod plain;
mod query;
mod request;
mod secret_strings;
mod spelling;
mod text;
mod undeclared;
mod upload;

pub(crate) use self::extras::Extras;
pub use self::form::{Form, NestedForm};
pub use self::format::{BodyError, BodyFields, BodyFormat, BodyWriter, Json};
pub(crate) use self::header::header;
pub use self::multipart::{Multipart, MultipartRelated};
pub use self::options::{CallOptions, WithOptions};
pub use self::parts::Parts;
pub use self::request::Request;
pub(crate) use self::spelling::push_pair;
pub(crate) use self::undeclared::Undeclared;
pub use self::upload::Upload;
use crate::response::Reader;
use crate::{EndpointInfo, Error};

/// An HTTP endpoint. A value of the type is a request.
///
/// [`#[endpoint]`](macro@crate::endpoint) implements this trait for the annotated struct. Use it as a bound in code for
/// all endpoints:
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
///
/// Implement it by hand if the attribute cannot describe the request:
///
/// ```
/// use declapi::{Endpoint, EndpointInfo, Method, Parts, Reader};
///
/// /// Counts the objects that have some labels. Each label is a separate query parameter.
/// pub struct Count {
///     /// The kind of the objects.
///     pub kind: String,
///     /// The names of the labels with their values.
///     pub labels: Vec<(&'static str, String)>,
/// }
///
/// impl Endpoint for Count {
///     type Response = u64;
///
///     const READER: Reader<u64> = Reader::new();
///     const INFO: &'static EndpointInfo = &EndpointInfo::of("Count", Method::Get, "/{kind}/count").with_idempotent();
///
///     fn write(&self, to: &mut Parts) {
///         to.path("kind", &self.kind);
///         for (name, value) in &self.labels {
///             to.query(name, value);
///         }
///     }
/// }
///
/// let count = Count { kind: "cats".to_owned(), labels: vec![("colour", "black".to_owned()), ("age", "7".to_owned())] };
/// assert_eq!(count.request()?.path(), "/cats/count?colour=black&age=7");
/// # Ok::<(), declapi::Error>(())
/// ```
pub trait Endpoint {
    /// The type of a successful response.
    type Response;

    /// Reads a successful response: [`Reader::new`] for every type that implements
    /// [`FromResponse`](crate::FromResponse), and [`Reader::optional`] for an `Option` of one.
    const READER: Reader<Self::Response>;

    /// The metadata of the endpoint, available without a request.
    const INFO: &'static EndpointInfo;

    /// Writes path, query, headers and body. Call [`request`](Self::request) instead.
    fn write(&self, to: &mut Parts);

    /// Returns the request with options for a single call.
    fn with_options(&self, options: CallOptions) -> WithOptions<'_, Self>
    where
        Self: Sized,
    {
        WithOptions::new(self, options)
    }

    /// Returns the HTTP request without sending it.
    ///
    /// # Errors
    ///
    /// A path value, or a segment of one, is empty, `.` or `..`; a header value contains a line break; or a value
    /// cannot be serialized.
    fn request(&self) -> Result<Request, Error> {
        let mut parts = Parts::new(Self::INFO);
        self.write(&mut parts);
        parts.finish()
    }
}
