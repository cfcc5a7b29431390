//! The metadata of an endpoint, available without a request.

pub(crate) mod defaults;
mod described;
pub(crate) mod json;
mod text;

use std::time::Duration;

use http::StatusCode;

pub use self::defaults::{Auth, ConstantInfo, Defaults};
pub use self::described::Described;
use self::json::JsonKind;

/// The metadata of an endpoint. Its declaration creates it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct EndpointInfo {
    /// The name of the struct.
    pub name: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path template, with its placeholders.
    pub path: &'static str,
    /// Whether a request may be retried even if the server may have received it.
    pub idempotent: bool,
    /// The first paragraph of the struct's documentation.
    pub docs: &'static str,
    /// The JSON type of a successful response. It is [`Unknown`](JsonKind::Unknown) without the feature `describe`.
    pub response: JsonKind,
    /// Statuses that are not errors and whose body is not read.
    pub(crate) none: &'static [u16],
    /// The timeout of the endpoint. It overrides the timeout of the client.
    pub timeout: Option<Duration>,
    /// The media type of the body's format. It is `None` without a format, or without the feature `describe`.
    pub(crate) format: Option<&'static str>,
    /// The parts that the endpoint and its resources add to each request.
    pub(crate) defaults: Defaults,
    /// Whether the endpoint is implemented by hand instead of by the macro.
    pub(crate) is_by_hand: bool,
    /// The capacity of the buffer for a body of JSON fields, in bytes. It is enough for every field. It is zero if no field
    /// is declared, or if the body has a format.
    pub(crate) body_size: usize,
    fields: Described,
}

impl EndpointInfo {
    /// Creates metadata for an [`Endpoint`](crate::Endpoint) that is implemented by hand. It has no fields.
    pub const fn of(name: &'static str, method: Method, path: &'static str) -> Self {
        let mut info = Self::new(name, method, path, false, "", 0, &[]);
        info.is_by_hand = true;
        info
    }

    /// Declares that a request may be retried even if the server may have received it.
    pub const fn with_idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// Sets the documentation.
    pub const fn with_docs(mut self, docs: &'static str) -> Self {
        self.docs = docs;
        self
    }

    /// Chooses a host of the client by name.
    pub const fn with_host(mut self, name: &'static str) -> Self {
        self.defaults = self.defaults.host(name);
        self
    }

    /// Chooses the credentials.
    pub const fn with_auth(mut self, auth: Auth) -> Self {
        self.defaults = self.defaults.auth(auth);
        self
    }

    #[doc(hidden)]
    pub const fn new(
        name: &'static str,
        method: Method,
        path: &'static str,
        idempotent: bool,
        docs: &'static str,
        body_size: usize,
        fields: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            method,
            path,
            idempotent,
            docs,
            response: JsonKind::Unknown,
            none: &[],
            timeout: None,
            format: None,
            defaults: Defaults::NONE,
            is_by_hand: false,
            body_size,
            fields: Described::new(fields, &[]),
        }
    }

    /// Sets the JSON type of each field.
    #[doc(hidden)]
    pub const fn kinds(mut self, kinds: &'static [JsonKind]) -> Self {
        self.fields.kinds = kinds;
        self
    }

    #[doc(hidden)]
    pub const fn responding(mut self, response: JsonKind) -> Self {
        self.response = response;
        self
    }

    #[doc(hidden)]
    pub const fn none(mut self, none: &'static [u16]) -> Self {
        self.none = none;
        self
    }

    #[doc(hidden)]
    pub const fn timeout(mut self, seconds: u64) -> Self {
        self.timeout = Some(Duration::from_secs(seconds));
        self
    }

    /// Sets the parts that the endpoint adds to each request.
    #[doc(hidden)]
    pub const fn with(mut self, own: Defaults) -> Self {
        self.defaults = own;
        self
    }

    /// Sets the parts that its resource adds. Call it last.
    #[doc(hidden)]
    pub const fn on(mut self, resource: &'static Defaults) -> Self {
        self.defaults = self.defaults.within(resource);
        self
    }

    /// Returns the name of the host; `None` for the client's base URL.
    pub fn host(&self) -> Option<&'static str> {
        self.defaults.nearest_host()
    }

    /// Returns the credentials that the declaration chooses; `None` for the client's credentials.
    pub fn auth(&self) -> Option<Auth> {
        self.defaults.nearest_auth()
    }

    /// Returns the path to the response inside of the body, with dots between names. `None` stands for the envelope of
    /// the client; an empty path means that there is no envelope.
    pub fn envelope(&self) -> Option<&'static str> {
        self.defaults.nearest_envelope()
    }

    /// Returns whether a response with this status has no content to read.
    pub(crate) fn is_none(&self, status: StatusCode) -> bool {
        self.none.contains(&status.as_u16())
    }

    /// Returns whether a field contains the whole URL of the request.
    pub(crate) fn is_absolute(&self) -> bool {
        !self.path.starts_with('/')
    }

    /// Returns the fields in the order of their declaration.
    pub fn fields(&self) -> impl DoubleEndedIterator<Item = FieldInfo> + ExactSizeIterator + Clone + use<> {
        self.fields.all().collect::<Vec<_>>().into_iter()
    }

    /// Returns whether a field meets a condition, without an allocation.
    pub(crate) fn has_field(&self, condition: impl Fn(FieldInfo) -> bool) -> bool {
        self.fields.all().any(condition)
    }

    /// Returns the constants of each request: those of the endpoint, and those of its resources that the endpoint does
    /// not override. The constants of the client are not included.
    pub fn constants(&self) -> impl Iterator<Item = ConstantInfo> + use<> {
        self.defaults.constants()
    }

    /// Returns whether a part of the body is marked as secret.
    pub(crate) fn has_secret_body(&self) -> bool {
        self.has_field(|field| field.secret && field.location.is_in_body())
    }

    /// Returns whether requests have a body of JSON fields, which may be an empty object.
    pub(crate) fn has_json_fields(&self) -> bool {
        // A `cfg` may have removed every field.
        self.body_size > 0 && self.has_field(|field| field.location == Location::Body)
    }
}

/// The metadata of a field of a request, or of an object inside a request or a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldInfo {
    /// The name on the wire. `*` for a flattened field (`#[serde(flatten)]`), which is sent as several fields.
    pub name: &'static str,
    /// The location of the field in the request.
    pub location: Location,
    /// Whether a request must have the field. In a response: whether it is an error if the field is missing.
    pub required: bool,
    /// Whether the field does not appear in `Debug`, logs and errors.
    pub secret: bool,
    /// How a list or an object is written in the query.
    pub style: QueryStyle,
    /// The Rust type, as declared.
    pub ty: &'static str,
    /// The JSON type of a value that is set. Without the feature `describe`, it is known only for types of the standard
    /// library.
    pub kind: JsonKind,
    /// The first paragraph of the field's documentation.
    pub docs: &'static str,
}

/// The location of a field in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Location {
    /// A segment of the path.
    Path,
    /// A pair of the query.
    Query,
    /// A header.
    Header,
    /// A field of the body.
    Body,
    /// The whole body.
    WholeBody,
}

impl Location {
    pub(crate) const fn is_in_body(self) -> bool {
        matches!(self, Self::Body | Self::WholeBody)
    }

    /// Returns the location in lower case, as in the attribute.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Body => "body",
            Self::WholeBody => "whole_body",
        }
    }
}

/// How a query field writes a list or an object.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum QueryStyle {
    /// `a=1&a=2`
    #[default]
    Repeat,
    /// `a=1,2`
    Comma,
    /// `a[]=1&a[]=2`
    Brackets,
    /// `a[b][c]=1&a[d][0]=2`
    Deep,
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
    /// Returns the name of the method in HTTP.
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
