//! What an endpoint is to the run time.

pub(crate) mod kind;

use serde::de::DeserializeOwned;

use self::kind::FieldKind;
use crate::Error;
use crate::request::{Parts, Request};

/// One HTTP endpoint: a value of the type is a request to it.
///
/// [`#[endpoint]`](macro@crate::endpoint) implements it for the struct it stands on. Code that works with any
/// endpoint takes it as a bound:
///
/// ```
/// fn describe<E: stytch_client::Endpoint>() -> String {
///     format!("{} {}", E::INFO.method.as_str(), E::INFO.path)
/// }
/// assert_eq!(describe::<stytch_client::passwords::Create<'_>>(), "POST /v1/passwords");
/// ```
pub trait Endpoint {
    /// What a success decodes to.
    type Response: DeserializeOwned;

    /// What can be said of the endpoint without a request.
    const INFO: &'static EndpointInfo;

    /// Writes path, query, headers and body; called through [`request`](Self::request).
    #[doc(hidden)]
    fn write(&self, to: &mut Parts);

    /// The request as it would be sent, without anything being sent.
    ///
    /// # Errors
    ///
    /// A path value is empty, `.` or `..`, a header value has a line break, or a value cannot be serialized.
    fn request(&self) -> Result<Request, Error> {
        let mut parts = Parts::new(Self::INFO);
        self.write(&mut parts);
        parts.finish()
    }
}

/// The description of an endpoint, made by its declaration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndpointInfo {
    /// The name of the struct.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template, with its placeholders.
    pub path: &'static str,
    /// Whether a request may be sent again after it may already have arrived.
    pub idempotent: bool,
    /// The first paragraph of the struct's documentation.
    pub docs: &'static str,
    /// Room for the body with every field in it.
    pub(crate) body_size: usize,
    fields: &'static [Described],
}

/// A field as an expansion describes it: its kind, its name on the wire, its type and its documentation.
///
/// A tuple of constants costs rustc least of all that can stand here, and it stands here once a field.
type Described = (FieldKind, &'static str, &'static str, &'static str);

impl EndpointInfo {
    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        method: Method,
        path: &'static str,
        idempotent: bool,
        docs: &'static str,
        body_size: usize,
        fields: &'static [Described],
    ) -> Self {
        Self { name, method, path, idempotent, docs, body_size, fields }
    }

    /// The fields, in the order of their declaration.
    pub fn fields(&self) -> impl DoubleEndedIterator<Item = FieldInfo> + ExactSizeIterator + Clone + use<> {
        self.fields.iter().map(|&(kind, name, ty, docs)| {
            let FieldKind { place, required, secret } = kind;
            FieldInfo { name, place, required, secret, ty, docs }
        })
    }

    /// Whether a field of this name is secret; in the body, a name comes as JSON spells it.
    pub(crate) fn is_secret(&self, name: &str) -> bool {
        let plain = serde_json::from_str::<String>(&format!("\"{name}\"")).ok();
        let is_it = |field: FieldInfo| field.name == name || plain.as_deref() == Some(field.name);
        self.fields().any(|field| field.secret && is_it(field))
    }

    /// Whether a JSON body goes out, be it an empty object.
    pub(crate) fn has_body(&self) -> bool {
        self.fields.iter().any(|(kind, ..)| kind.place == Place::Body)
    }
}

/// The description of one field of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldInfo {
    /// The name on the wire; `*` for a field whose members stand beside the others (`#[serde(flatten)]`).
    pub name: &'static str,
    /// Where it goes.
    pub place: Place,
    /// Whether a request needs it.
    pub required: bool,
    /// Whether it is kept out of `Debug`, logs and errors.
    pub secret: bool,
    /// The Rust type, as declared.
    pub ty: &'static str,
    /// The first paragraph of the field's documentation.
    pub docs: &'static str,
}

/// Where a field goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Place {
    /// A segment of the path.
    Path,
    /// A pair of the query.
    Query,
    /// A header.
    Header,
    /// A member of the JSON body.
    Body,
}

impl Place {
    /// The place in lower case, as the attribute spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Body => "body",
        }
    }
}

/// The HTTP method of an endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Method {
    /// `GET`
    Get,
    /// `POST`
    Post,
    /// `PUT`
    Put,
    /// `PATCH`
    Patch,
    /// `DELETE`
    Delete,
    /// `HEAD`
    Head,
}

impl Method {
    /// The method as HTTP spells it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
            Self::Head => "HEAD",
        }
    }
}

impl From<Method> for http::Method {
    fn from(method: Method) -> Self {
        match method {
            Method::Get => Self::GET,
            Method::Post => Self::POST,
            Method::Put => Self::PUT,
            Method::Patch => Self::PATCH,
            Method::Delete => Self::DELETE,
            Method::Head => Self::HEAD,
        }
    }
}
