//! What can be said of an endpoint without a request.

pub(crate) mod defaults;
pub(crate) mod json;
pub(crate) mod kind;
mod media_type;
mod text;

use std::time::Duration;

use http::StatusCode;

pub use self::defaults::{Auth, ConstantInfo, Defaults};
use self::json::JsonKind;
use self::kind::FieldKind;

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
    /// Whether a request may be retried after it may have arrived.
    pub idempotent: bool,
    /// The first paragraph of the struct's documentation.
    pub docs: &'static str,
    /// What a success is in JSON; [`Unknown`](JsonKind::Unknown) without the feature `describe`.
    pub response: JsonKind,
    /// Statuses that are no error, and for which there is nothing to read.
    pub(crate) none: &'static [u16],
    /// The endpoint's own timeout, in place of the one that the client was built with.
    pub timeout: Option<Duration>,
    /// The media type of its format, if it has a format and the feature `describe` is on.
    format: Option<&'static str>,
    /// What the endpoint and its resources add to each request.
    pub(crate) defaults: Defaults,
    /// Whether no macro wrote it, nor the code that writes its requests.
    pub(crate) is_by_hand: bool,
    /// Room for the body with every field in it.
    pub(crate) body_size: usize,
    fields: &'static [Described],
}

/// A field as an expansion describes it: its kind, its name on the wire, its type and its documentation.
///
/// A tuple of constants costs rustc least of all that can stand here, and it stands here once per field.
pub type Described = (FieldKind, &'static str, &'static str, &'static str);

impl EndpointInfo {
    /// Creates the description of an [`Endpoint`](crate::Endpoint) that is implemented by hand. It has no fields.
    pub const fn of(name: &'static str, method: Method, path: &'static str) -> Self {
        let mut info = Self::new(name, method, path, false, "", 0, &[]);
        info.is_by_hand = true;
        info
    }

    /// Says that a request may be sent again after it may already have arrived.
    pub const fn with_idempotent(mut self) -> Self {
        self.idempotent = true;
        self
    }

    /// Sets the documentation.
    pub const fn with_docs(mut self, docs: &'static str) -> Self {
        self.docs = docs;
        self
    }

    /// Chooses a host of the client by its name.
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
        fields: &'static [Described],
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
            fields,
        }
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

    /// Sets what the endpoint itself adds to each request.
    #[doc(hidden)]
    pub const fn with(mut self, own: Defaults) -> Self {
        self.defaults = own;
        self
    }

    /// Sets what its resource adds; called last.
    #[doc(hidden)]
    pub const fn on(mut self, resource: &'static Defaults) -> Self {
        self.defaults = self.defaults.within(resource);
        self
    }

    /// Returns the name of the host that requests go to; `None` for the client's base URL.
    pub fn host(&self) -> Option<&'static str> {
        self.defaults.nearest_host()
    }

    /// Returns the credentials that the declaration chooses; `None` for those of the client.
    pub fn auth(&self) -> Option<Auth> {
        self.defaults.nearest_auth()
    }

    /// Returns the path to what the response is inside of, with dots between names; `None` for that of the client, and
    /// empty for none.
    pub fn envelope(&self) -> Option<&'static str> {
        self.defaults.nearest_envelope()
    }

    /// Whether the declaration takes a status for nothing.
    pub(crate) fn is_none(&self, status: StatusCode) -> bool {
        self.none.contains(&status.as_u16())
    }

    /// Whether the whole URL is a value of the request.
    pub(crate) fn is_absolute(&self) -> bool {
        !self.path.starts_with('/')
    }

    /// Returns the fields, in the order of their declaration.
    pub fn fields(&self) -> impl DoubleEndedIterator<Item = FieldInfo> + ExactSizeIterator + Clone + use<> {
        self.fields.iter().map(field)
    }

    /// Returns the constants that each request has: those of the endpoint, and those of its resources that it does not
    /// replace. The client's own are not among them.
    pub fn constants(&self) -> impl Iterator<Item = ConstantInfo> + use<> {
        self.defaults.constants()
    }

    /// Whether a field of this name is secret; in the body, a name comes as JSON spells it.
    pub(crate) fn is_secret(&self, name: &str) -> bool {
        let plain = serde_json::from_str::<String>(&format!("\"{name}\"")).ok();
        let is_it = |field: FieldInfo| field.name == name || plain.as_deref() == Some(field.name);
        self.fields().any(|field| field.secret && is_it(field))
    }

    /// Whether anything in the body is marked as secret.
    pub(crate) fn has_secret_body(&self) -> bool {
        self.fields().any(|field| field.secret && field.location.is_in_body())
    }

    /// Whether requests have a JSON body, even if it is an empty object.
    pub(crate) fn has_body(&self) -> bool {
        self.fields.iter().any(|(kind, ..)| kind.location == Location::Body)
    }
}

/// The field that an expansion describes.
fn field(&(kind, name, ty, docs): &Described) -> FieldInfo {
    let FieldKind { location, required, secret, style, json } = kind;
    FieldInfo {
        name,
        location,
        required,
        secret,
        style,
        ty,
        kind: json.unwrap_or_else(|| text::kind(ty)),
        docs,
    }
}

/// The description of one field of a request, or of an object inside a request or a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct FieldInfo {
    /// The name on the wire; `*` for a field whose content is spread beside the others (`#[serde(flatten)]`).
    pub name: &'static str,
    /// Where it is sent.
    pub location: Location,
    /// Whether a request needs it, or a response without it is an error.
    pub required: bool,
    /// Whether it is kept out of `Debug`, logs and errors.
    pub secret: bool,
    /// How a list or an object is written, if it is sent in the query.
    pub style: QueryStyle,
    /// The Rust type, as declared.
    pub ty: &'static str,
    /// What it is in JSON if it is set. Without the feature `describe`, only types of the standard library are known.
    pub kind: JsonKind,
    /// The first paragraph of the field's documentation.
    pub docs: &'static str,
}

/// Where a field is sent.
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

    /// Returns the location in lower case, as the attribute spells it.
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
    /// Returns the method as HTTP spells it.
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
