//! The calls that a stub has received.

use std::cell::OnceCell;
use std::fmt;
use std::ops::{Deref, Index};
use std::sync::{Arc, OnceLock};

use bytes::Bytes;
use declapi::{EndpointInfo, FromArguments, JsonObject, Location, PreparedRequest, TransportError};
use http::{HeaderMap, Method};
use serde_json::Value;
use url::Url;

use crate::fields::{self, Field, Sent};
use crate::redact::{self, REDACTED};

/// The value of a field that is not there.
static NULL: Value = Value::Null;

/// A value of at least this length is shortened in messages.
const LONG: usize = 200;

/// A call of an endpoint that a stub has received. Each attempt of a retried call is a separate value.
///
/// It dereferences to the endpoint's struct, which is rebuilt from the request: `call.owner == "o"`. This requires
/// [`FromArguments`], which every declaration implements whose fields can be deserialized. The data of the struct is
/// kept until the test program ends, because its fields may be borrowed.
///
/// If an endpoint does not implement it, for example because of an `Upload`, use the wire names of its fields:
/// `call["owner"] == "o"`, [`get`](Self::get), [`get_in`](Self::get_in). The value of a file is its content as text.
/// The parts of the HTTP request are also available.
///
/// `Debug` shows no secrets.
pub struct Call<E> {
    request: Arc<Recorded>,
    made: OnceCell<E>,
}

impl<E> Call<E> {
    pub(crate) fn new(request: &Arc<Recorded>) -> Self {
        Self { request: Arc::clone(request), made: OnceCell::new() }
    }

    /// Returns the value that was sent for the field with this wire name; `None` if none was sent.
    ///
    /// Strings in path, query and headers become numbers, booleans and lists if the metadata of the field says so.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.request.fields.iter().find(|field| field.name == name).map(|field| &field.value)
    }

    /// Returns the value that was sent for the field with this name in a location.
    pub fn get_in(&self, location: Location, name: &str) -> Option<&Value> {
        let mut fields = self.request.fields.iter();
        fields.find(|field| field.location == location && field.name == name).map(|field| &field.value)
    }

    /// Returns the HTTP method.
    pub fn method(&self) -> &Method {
        &self.request.method
    }

    /// Returns the URL with all its parts.
    pub fn url(&self) -> &Url {
        &self.request.url
    }

    /// Returns the headers, including credentials.
    pub fn headers(&self) -> &HeaderMap {
        &self.request.headers
    }

    /// Returns the body; empty if there was none.
    pub fn body(&self) -> &[u8] {
        &self.request.body
    }

    /// Returns the number of the attempt: 1 for the first one.
    pub fn attempt(&self) -> u32 {
        self.request.attempt
    }
}

/// Returns the value of the field with this wire name; null if none was sent.
impl<E> Index<&str> for Call<E> {
    type Output = Value;

    fn index(&self, name: &str) -> &Value {
        self.get(name).unwrap_or(&NULL)
    }
}

impl<E: FromArguments<'static>> Deref for Call<E> {
    type Target = E;

    /// # Panics
    ///
    /// The request does not match the endpoint, for example because a hook has changed it.
    fn deref(&self) -> &E {
        self.made.get_or_init(|| {
            let [plain, numbers] = self.request.arguments();
            match E::from_arguments(plain).or_else(|error| E::from_arguments(numbers).map_err(|_| error)) {
                Ok(made) => made,
                // `deref` cannot return an error, and this code only runs in tests.
                #[allow(clippy::panic)]
                Err(error) => panic!(
                    "`{}` cannot be rebuilt from the request: {error}; inspect the call with `call[\"name\"]`, \
                     `headers()` and `body()`",
                    endpoint_name::<E>()
                ),
            }
        })
    }
}

impl<E> Clone for Call<E> {
    fn clone(&self) -> Self {
        Self::new(&self.request)
    }
}

impl<E> fmt::Debug for Call<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Call({})", self.request.described())
    }
}

/// Returns the path of an endpoint's type, as in its declaration.
pub(crate) fn endpoint_name<E>() -> String {
    std::any::type_name::<E>().replace("<'_>", "")
}

/// A received request of any endpoint.
pub(crate) struct Recorded {
    pub(crate) info: &'static EndpointInfo,
    pub(crate) fields: Vec<Field>,
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Bytes,
    attempt: u32,
    /// The arguments without and with numbers in place of text.
    arguments: OnceLock<[&'static JsonObject; 2]>,
}

impl Recorded {
    /// Reads a request. Its body is in memory afterwards.
    pub(crate) async fn read(request: &mut PreparedRequest) -> Result<Self, TransportError> {
        let body = whole_body(request).await?;
        let sent = Sent {
            info: request.info,
            url: request.url.as_str(),
            path: request.endpoint_path(),
            query: request.endpoint_query(),
            headers: &request.headers,
            body: &body,
        };
        Ok(Self {
            info: request.info,
            fields: fields::read(&sent),
            method: request.method.clone(),
            url: request.url.clone(),
            headers: request.headers.clone(),
            attempt: request.attempt,
            body,
            arguments: OnceLock::new(),
        })
    }

    fn arguments(&self) -> [&'static JsonObject; 2] {
        // A field may borrow for as long as the closures of a stub exist, so the data must live forever.
        let make = |numbers| -> &'static JsonObject {
            Box::leak(Box::new(fields::arguments(self.info, &self.fields, numbers)))
        };
        *self.arguments.get_or_init(|| [make(false), make(true)])
    }

    /// Describes the request for a message, without secrets.
    pub(crate) fn described(&self) -> String {
        let mut text = format!("{} {}", self.method, self.info.path);
        for field in &self.fields {
            text.push_str(&format!(
                "\n    {} `{}` = {}",
                field.location.as_str(),
                field.name.escape_debug(),
                shown(field)
            ));
        }
        text
    }
}

fn shown(field: &Field) -> String {
    let mut value = field.value.clone();
    match &field.info {
        // Any header may contain a key, and flattened values may be anything.
        _ if field.location == Location::Header => redact::hide(&mut value),
        None => redact::hide(&mut value),
        Some(_)
            if field.location == Location::Path
                && value.as_str().is_some_and(|text| text.contains("://")) =>
        {
            return REDACTED.to_owned();
        }
        Some(info) => redact::field(&mut value, info),
    }
    let text = value.to_string();
    match text.char_indices().nth(LONG) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text,
    }
}

/// Returns the whole body of a request, and keeps it in the request.
pub(crate) async fn whole_body(request: &mut PreparedRequest) -> Result<Bytes, TransportError> {
    if let Some(whole) = request.body.as_bytes() {
        return Ok(whole.clone());
    }
    let whole = collect(&mut request.body).await?;
    request.body = whole.clone().into();
    Ok(whole)
}

/// Reads a body to its end.
pub(crate) async fn collect(body: &mut declapi::Body) -> Result<Bytes, TransportError> {
    let mut whole = Vec::new();
    while let Some(piece) = body.chunk().await? {
        whole.extend_from_slice(&piece);
    }
    Ok(whole.into())
}
