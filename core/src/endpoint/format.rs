//! Bodies in formats other than an object of JSON fields, and bodies that one field is as a whole.

use std::fmt;
use std::io;

use bytes::Bytes;
use http::HeaderValue;
use serde::ser::{Error as _, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::Value;
use zeroize::Zeroizing;

use super::body::BodyBuffer;
use super::request::{collect_formatted, collect_strings};
use super::upload::{Piece, Pieces, Upload, collecting};
use crate::info::ConstantInfo;
use crate::response::JSON;
use crate::response::writing::into_map;
use crate::{EndpointInfo, Location};

/// How a value becomes the body of a request: `body = Format` on an endpoint names a type that implements it.
///
/// | format | sends |
/// |---|---|
/// | (none) | JSON |
/// | [`Form`](crate::Form), [`NestedForm`](crate::NestedForm) | the fields as an HTML form, flat or with brackets |
/// | [`Multipart`](crate::Multipart), [`MultipartRelated`](crate::MultipartRelated) | a part for each field, files among them |
/// | [`Bytes`](crate::Bytes), [`Text`](crate::Text) | one field as it is |
/// | [`JsonLines`](crate::JsonLines) | the elements of a list, each on a line of its own |
///
/// The value is what the endpoint's body fields make up, or the one field that is marked `whole_body`.
///
/// Implement it for another format:
///
/// ```
/// use std::io::Write;
///
/// use declapi::{BodyError, BodyFormat, BodyWriter, Endpoint, endpoint};
/// use serde::Serialize;
///
/// /// JSON that a person reads.
/// pub struct Pretty;
///
/// impl BodyFormat for Pretty {
///     const CONTENT_TYPE: &'static str = "application/vnd.example+json";
///
///     fn write<T: Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError> {
///         serde_json::to_writer_pretty(&mut *to, value)?;
///         to.write_all(b"\n")?;
///         Ok(())
///     }
/// }
///
/// /// Saves a note.
/// #[endpoint(put = "/notes/{id}", response = (), body = Pretty)]
/// pub struct SaveNote<'a> {
///     /// The id of the note.
///     pub id: u64,
///     /// What the note says.
///     pub text: &'a str,
/// }
///
/// let request = SaveNote::builder().id(7).text("milk").build().request()?;
/// assert_eq!(request.body(), Some(&b"{\n  \"text\": \"milk\"\n}\n"[..]));
/// # Ok::<(), declapi::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no format of a body",
    label = "`declapi::BodyFormat` is missing here",
    note = "`body = …` takes `Form`, `NestedForm`, `Multipart`, `MultipartRelated`, `Bytes`, `Text`, `JsonLines`, or a type \
            that implements `declapi::BodyFormat`; JSON needs no key"
)]
pub trait BodyFormat {
    /// The value of the header `Content-Type`, unless the declaration has that header.
    const CONTENT_TYPE: &'static str;

    #[doc(hidden)]
    const CONTENT: Content = Content::Any;

    /// Writes a value.
    ///
    /// # Errors
    ///
    /// The format has no form for the value.
    fn write<T: Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError>;
}

/// What a format writes, as far as it tells where secrets are.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Nobody knows.
    Any,
    /// One string or bytes, as they are.
    AsItIs,
    /// JSON.
    Json,
    /// A list, each element of which is JSON on a line of its own.
    JsonLines,
}

/// A body while a [`BodyFormat`] writes it. What was written is overwritten in memory when it is dropped.
#[derive(Debug)]
pub struct BodyWriter {
    buffer: BodyBuffer,
    /// What comes before the buffer, if the body does not consist of the buffer alone.
    before: Vec<Piece>,
    content_type: Option<String>,
}

impl BodyWriter {
    pub(super) fn new() -> Self {
        Self { buffer: BodyBuffer::with_capacity(0), before: Vec::new(), content_type: None }
    }

    /// Sets the value of the header `Content-Type`, for a format in which it depends on the body.
    pub fn set_content_type(&mut self, content_type: String) {
        self.content_type = Some(content_type);
    }

    /// Adds the content of an upload.
    pub fn upload(&mut self, upload: Upload) {
        let buffer = std::mem::replace(&mut self.buffer, BodyBuffer::with_capacity(0));
        self.before.extend([Piece::Bytes(buffer.freeze()), Piece::Upload(upload)]);
    }

    pub(super) fn finish(mut self) -> (Vec<Piece>, Option<String>) {
        self.before.push(Piece::Bytes(self.buffer.freeze()));
        (self.before, self.content_type)
    }
}

impl io::Write for BodyWriter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.buffer.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Why a format cannot write a value. Every error becomes one by `?`.
#[derive(Debug)]
pub struct BodyError(String);

impl BodyError {
    /// Creates an error with a sentence that says what is wrong and what to do. It must not quote the value.
    pub fn new(sentence: impl Into<String>) -> Self {
        Self(sentence.into())
    }
}

impl fmt::Display for BodyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<E: std::error::Error> From<E> for BodyError {
    fn from(error: E) -> Self {
        Self(error.to_string())
    }
}

/// The error of a format that is made of fields, for a value that may have none.
pub(super) fn of_fields<T: Serialize + ?Sized>(value: &T, error: BodyError) -> BodyError {
    let Ok(json) = collecting(|| serde_json::to_value(value)).0 else { return error };
    let has_fields = json.is_object();
    // Overwrites its strings.
    collect_strings(json, 0, &mut Vec::new());
    if has_fields {
        return error;
    }
    BodyError::new("its format is made of fields, and the whole body is neither a struct nor a map")
}

/// A body that was written.
#[derive(Clone, Debug)]
pub(super) struct Formatted {
    pub(super) body: Bytes,
    /// `None` for JSON fields.
    pub(super) format: Option<Box<Format>>,
}

/// What a request has besides the bytes of a body that is no object of JSON fields. In a box, since few have.
#[derive(Clone, Debug)]
pub(crate) struct Format {
    pub(crate) content_type: HeaderValue,
    /// The body, if a part of it is an upload.
    pub(super) pieces: Option<Pieces>,
    /// What may be secret in the body.
    pub(super) secrets: Vec<Zeroizing<String>>,
    /// Whether the body, which one field is as a whole, tells the rest itself, and in which form.
    whole: Option<Content>,
}

impl Format {
    /// Collects what may be secret in a body of this format; `is_wanted` says whether what nobody marked is wanted, too.
    pub(super) fn collect_secrets(
        &self,
        body: &[u8],
        info: &EndpointInfo,
        is_wanted: bool,
        secrets: &mut Vec<Zeroizing<String>>,
    ) {
        secrets.extend(self.secrets.iter().cloned());
        if !is_wanted && !info.has_secret_body() {
            return;
        }
        let mut values = serde_json::Deserializer::from_slice(body).into_iter().map_while(Result::ok);
        let body = match self.whole {
            Some(Content::AsItIs) => secret_text(body).map(Value::String),
            Some(Content::Json) => values.next(),
            Some(Content::JsonLines) => Some(Value::Array(values.collect())),
            Some(Content::Any) | None => None,
        };
        if let Some(body) = body {
            collect_formatted(body, info, secrets);
        }
    }
}

impl Formatted {
    /// Writes the body's fields with the constants of the declaration, or the one field that is the body.
    pub(super) fn write<F: BodyFormat, E: BodyFields>(
        info: &EndpointInfo,
        endpoint: &E,
    ) -> Result<Self, String> {
        let fields = &Fields(endpoint);
        let has_name =
            |name: &str| info.fields().any(|field| field.location == Location::Body && field.name == name);
        let is_added =
            |constant: &ConstantInfo| constant.location == Location::Body && !has_name(constant.name);
        let constants: Vec<ConstantInfo> = info.constants().filter(is_added).collect();
        let is_whole = info.fields().any(|field| field.location == Location::WholeBody);
        if is_whole || constants.is_empty() {
            return Self::of::<F, _>(info, fields);
        }
        Self::of::<F, _>(info, &WithConstants { fields, constants })
    }

    /// A body that was written by somebody else.
    pub(super) fn bytes(body: Bytes, content_type: Option<HeaderValue>) -> Self {
        let format =
            |content_type| Box::new(Format { content_type, pieces: None, secrets: Vec::new(), whole: None });
        Self { body, format: content_type.map(format) }
    }

    pub(super) fn of<F: BodyFormat, T: Serialize>(info: &EndpointInfo, value: &T) -> Result<Self, String> {
        let mut writer = BodyWriter::new();
        let mut secrets = Vec::new();
        let is_whole = info.fields().any(|field| field.location == Location::WholeBody);
        // A whole body may be large, and is not written twice: it can be read when somebody asks for secrets.
        let whole = Some(F::CONTENT).filter(|content| is_whole && *content != Content::Any);
        if whole.is_none() && F::CONTENT != Content::AsItIs {
            // Whatever the format, the same value in JSON tells what in it may be secret.
            let (json, _) = collecting(|| serde_json::to_value(value));
            if let Ok(json) = json {
                collect_formatted(json, info, &mut secrets);
            }
        }
        let is_secret = info.has_secret_body();
        F::write(value, &mut writer).map_err(|error| {
            let hidden =
                "its format or a serializer rejected it, and why is not shown, because a field is secret";
            if is_secret { hidden.to_owned() } else { error.0 }
        })?;
        let (mut pieces, content_type) = writer.finish();
        let content_type = content_type.as_deref().unwrap_or(F::CONTENT_TYPE);
        let content_type = HeaderValue::from_str(content_type)
            .map_err(|_| "its media type has characters that no header can carry".to_owned())?;
        let bytes = if let [Piece::Bytes(bytes)] = &mut *pieces { Some(std::mem::take(bytes)) } else { None };
        if is_secret {
            let uploads = pieces.iter().filter_map(Piece::upload).filter_map(Upload::content);
            let contents = bytes.iter().filter(|_| is_whole).chain(uploads);
            secrets.extend(contents.filter_map(|content| secret_text(content)).map(Zeroizing::new));
        }
        let pieces = bytes.is_none().then(|| Pieces(pieces.into()));
        let format = Some(Box::new(Format { content_type, pieces, secrets, whole }));
        Ok(Self { body: bytes.unwrap_or_default(), format })
    }
}

/// How much of a secret that is no string is looked for in what a server says.
const MAX_SECRET_BYTES: usize = 64 * 1024;

/// Bytes of a secret as text, which a server may repeat.
fn secret_text(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).ok().filter(|text| text.len() <= MAX_SECRET_BYTES).map(str::to_owned)
}

/// JSON, which a body is that one field is as a whole.
#[derive(Debug)]
pub struct Json;

impl BodyFormat for Json {
    const CONTENT_TYPE: &'static str = JSON;
    const CONTENT: Content = Content::Json;

    fn write<T: Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError> {
        Ok(serde_json::to_writer(to, value)?)
    }
}

/// The body's fields of an endpoint, as an expansion writes them.
pub trait BodyFields {
    /// Writes the fields as a map, or the one that is the whole body.
    ///
    /// # Errors
    ///
    /// The serializer's.
    fn write_fields<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error>;
}

/// The body's fields as one value.
pub(super) struct Fields<'e, E>(pub(super) &'e E);

impl<E: BodyFields> Serialize for Fields<'_, E> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.write_fields(to)
    }
}

/// The body's fields, and the constants of the declaration behind them.
struct WithConstants<'v, T> {
    fields: &'v T,
    constants: Vec<ConstantInfo>,
}

impl<T: Serialize> Serialize for WithConstants<'_, T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let mut map = to.serialize_map(None)?;
        into_map(self.fields, &mut map)?;
        for ConstantInfo { name, value, .. } in &self.constants {
            let value: Value = serde_json::from_str(value).map_err(S::Error::custom)?;
            map.serialize_entry(name, &value)?;
        }
        map.end()
    }
}
