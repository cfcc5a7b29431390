//! Bodies that are not a JSON object of fields, and bodies that consist of one field.

use std::fmt;
use std::io;

use bytes::Bytes;
use http::HeaderValue;
use serde::ser::{Error as _, SerializeMap};
use serde::{Serialize, Serializer};
use serde_json::Value;
use zeroize::Zeroizing;

use super::body::BodyBuffer;
use super::secret_strings::Secrets;
use super::upload::{Piece, Pieces, Upload, collecting};
use crate::info::ConstantInfo;
use crate::response::JSON;
use crate::response::writing::into_map;
use crate::{EndpointInfo, Location};

/// A format for request bodies. `body = Format` on an endpoint names a type that implements this trait.
///
/// | format | sends |
/// |---|---|
/// | (none) | JSON |
/// | [`Form`](crate::Form), [`NestedForm`](crate::NestedForm) | the fields as an HTML form, flat or with brackets |
/// | [`Multipart`](crate::Multipart), [`MultipartRelated`](crate::MultipartRelated) | a part for each field, files among them |
/// | [`Bytes`](crate::Bytes), [`Text`](crate::Text) | one field without changes |
/// | [`JsonLines`](crate::JsonLines) | the elements of a list, each on a separate line |
///
/// The value is a struct of the endpoint's body fields, or the field with `whole_body`.
///
/// Implement it for another format:
///
/// ```
/// use std::io::Write;
///
/// use declapi::{BodyError, BodyFormat, BodyWriter, Endpoint, endpoint};
/// use serde::Serialize;
///
/// /// Pretty-printed JSON.
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
///     /// The text of the note.
///     pub text: &'a str,
/// }
///
/// let request = SaveNote::builder().id(7).text("milk").build().request()?;
/// assert_eq!(request.body(), Some(&b"{\n  \"text\": \"milk\"\n}\n"[..]));
/// # Ok::<(), declapi::Error>(())
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a body format",
    label = "`declapi::BodyFormat` is missing here",
    note = "write `body = …` with `Form`, `NestedForm`, `Multipart`, `MultipartRelated`, `Bytes`, `Text`, \
            `JsonLines`, or a type that implements `declapi::BodyFormat`; JSON needs no key"
)]
pub trait BodyFormat {
    /// The value of the header `Content-Type`. A header in the declaration replaces it.
    const CONTENT_TYPE: &'static str;

    #[doc(hidden)]
    const CONTENT: Content = Content::Any;

    /// Writes a value.
    ///
    /// # Errors
    ///
    /// The format cannot represent the value.
    fn write<T: Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError>;
}

/// The kind of content that a format writes. It tells the crate how to find secrets in the body.
#[doc(hidden)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Content {
    /// Unknown content.
    Any,
    /// One string, or bytes, without changes.
    AsItIs,
    /// JSON.
    Json,
    /// A list with one JSON element per line.
    JsonLines,
}

/// The writer that a [`BodyFormat`] writes the body to. The buffer is overwritten in memory when it is dropped.
#[derive(Debug)]
pub struct BodyWriter {
    buffer: BodyBuffer,
    /// The parts of the body before the buffer, if the body contains uploads.
    before: Vec<Piece>,
    content_type: Option<String>,
}

impl BodyWriter {
    pub(super) fn new() -> Self {
        Self { buffer: BodyBuffer::with_capacity(0), before: Vec::new(), content_type: None }
    }

    /// Sets the value of the header `Content-Type`, for a format whose media type depends on the body.
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

/// The error of a format that cannot write a value. `?` converts every other error to it.
#[derive(Debug)]
pub struct BodyError(String);

impl BodyError {
    /// Creates an error with a sentence that says what is wrong and what to do. The sentence must not quote the value.
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

/// Returns the error of a format that requires fields. `value` may have none.
pub(super) fn of_fields<T: Serialize + ?Sized>(value: &T, error: BodyError) -> BodyError {
    let Ok(json) = collecting(|| serde_json::to_value(value)).0 else { return error };
    let has_fields = json.is_object();
    overwrite(json);
    if has_fields {
        return error;
    }
    BodyError::new("its format consists of fields, but the whole body is neither a struct nor a map")
}

/// Overwrites the strings of a value.
fn overwrite(value: Value) {
    Secrets::default().add_value(value, true);
}

/// A finished body.
#[derive(Clone, Debug)]
pub(super) struct Formatted {
    pub(super) body: Bytes,
    /// `None` for JSON fields.
    pub(super) format: Option<Box<Format>>,
}

/// The body of a request that is not a JSON object of fields. Boxed because few requests have it.
#[derive(Clone, Debug)]
pub(crate) struct Format {
    pub(crate) content_type: HeaderValue,
    /// The body, if it contains an upload.
    pub(super) pieces: Option<Pieces>,
    /// The values in the body that may be secret.
    pub(super) secrets: Secrets,
    /// The kind of a body that consists of one field. Secrets can then be found in the body itself.
    whole: Option<Content>,
}

impl Format {
    /// Returns the values that may be secret in a body of this format. `is_wanted` says whether to include values that
    /// are not marked.
    pub(super) fn secrets(&self, body: &[u8], info: &EndpointInfo, is_wanted: bool) -> Secrets {
        let mut secrets = self.secrets.clone();
        if !is_wanted && !info.has_secret_body() {
            return secrets;
        }
        let mut values = serde_json::Deserializer::from_slice(body).into_iter().map_while(Result::ok);
        let body = match self.whole {
            Some(Content::AsItIs) => secret_text(body).map(Value::String),
            Some(Content::Json) => values.next(),
            Some(Content::JsonLines) => Some(Value::Array(values.collect())),
            Some(Content::Any) | None => None,
        };
        if let Some(body) = body {
            secrets.add_value(body, info.has_secret_body());
        }
        secrets
    }
}

impl Formatted {
    /// Writes the body's fields with the constants of the declaration, or the `whole_body` field.
    pub(super) fn write<F: BodyFormat, E: BodyFields>(
        info: &EndpointInfo,
        endpoint: &E,
    ) -> Result<Self, String> {
        let fields = &Fields(endpoint);
        let has_name =
            |name: &str| info.has_field(|field| field.location == Location::Body && field.name == name);
        let is_added =
            |constant: &ConstantInfo| constant.location == Location::Body && !has_name(constant.name);
        let mut constants: Vec<ConstantInfo> = info.constants().filter(is_added).collect();
        let is_whole = info.has_field(|field| field.location == Location::WholeBody);
        if is_whole || constants.is_empty() {
            return Self::of::<F, _>(info, fields);
        }
        if info.has_field(|field| field.location == Location::Body && field.name == "*") {
            // An entry of a flattened field replaces the constant with its name.
            if let Ok(written) = collecting(|| serde_json::to_value(fields)).0 {
                constants.retain(|constant| written.get(constant.name).is_none());
                overwrite(written);
            }
        }
        Self::of::<F, _>(info, &WithConstants { fields, constants })
    }

    /// Creates a body from bytes.
    pub(super) fn bytes(body: Bytes, content_type: Option<HeaderValue>) -> Self {
        let format = |content_type| {
            Box::new(Format { content_type, pieces: None, secrets: Secrets::default(), whole: None })
        };
        Self { body, format: content_type.map(format) }
    }

    pub(super) fn of<F: BodyFormat, T: Serialize>(info: &EndpointInfo, value: &T) -> Result<Self, String> {
        let mut writer = BodyWriter::new();
        let is_whole = info.has_field(|field| field.location == Location::WholeBody);
        // A whole body may be large and is not copied. If an error needs its secrets, they are read from the body.
        let whole = Some(F::CONTENT).filter(|content| is_whole && *content != Content::Any);
        let is_read = whole.is_some() || F::CONTENT == Content::AsItIs;
        let secrets = if is_read { Some(Secrets::default()) } else { Secrets::of(value, info, is_whole) };
        let is_secret = info.has_secret_body();
        F::write(value, &mut writer).map_err(|error| {
            let hidden =
                "its format or a serializer rejected it; the reason is not shown because a field may be secret";
            if is_secret || is_rejected(value) { hidden.to_owned() } else { error.0 }
        })?;
        let (mut pieces, content_type) = writer.finish();
        let content_type = content_type.as_deref().unwrap_or(F::CONTENT_TYPE);
        let content_type = HeaderValue::from_str(content_type)
            .map_err(|_| "its media type contains characters that are not allowed in a header".to_owned())?;
        let bytes = if let [Piece::Bytes(bytes)] = &mut *pieces { Some(std::mem::take(bytes)) } else { None };
        let mut secrets = secrets.unwrap_or_else(|| Secrets::words(bytes.as_deref().unwrap_or_default()));
        if is_secret {
            let uploads = pieces.iter().filter_map(Piece::upload).filter_map(Upload::content);
            let contents = bytes.iter().filter(|_| is_whole).chain(uploads);
            secrets.all.extend(contents.filter_map(|content| secret_text(content)).map(Zeroizing::new));
        }
        let pieces = bytes.is_none().then(|| Pieces(pieces.into()));
        let format = Some(Box::new(Format { content_type, pieces, secrets, whole }));
        Ok(Self { body: bytes.unwrap_or_default(), format })
    }
}

/// Returns whether a serializer of a user rejects the value, with a message that may contain it.
fn is_rejected<T: Serialize + ?Sized>(value: &T) -> bool {
    collecting(|| serde_json::to_writer(io::sink(), value)).0.is_err_and(|error| error.is_data())
}

/// The maximum length of a secret of bytes that is redacted in responses.
const MAX_SECRET_BYTES: usize = 64 * 1024;

/// Returns secret bytes as a string, because a server may repeat them.
fn secret_text(bytes: &[u8]) -> Option<String> {
    std::str::from_utf8(bytes).ok().filter(|text| text.len() <= MAX_SECRET_BYTES).map(str::to_owned)
}

/// The JSON format, for a body that consists of one field.
#[derive(Debug)]
pub struct Json;

impl BodyFormat for Json {
    const CONTENT_TYPE: &'static str = JSON;
    const CONTENT: Content = Content::Json;

    fn write<T: Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError> {
        Ok(serde_json::to_writer(to, value)?)
    }
}

/// The body fields of an endpoint. The macros implement it.
pub trait BodyFields {
    /// Writes the fields as a map, or the `whole_body` field alone.
    ///
    /// # Errors
    ///
    /// Returns the errors of the serializer.
    fn write_fields<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error>;
}

/// The body fields as one serializable value.
pub(super) struct Fields<'e, E>(pub(super) &'e E);

impl<E: BodyFields> Serialize for Fields<'_, E> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.0.write_fields(to)
    }
}

/// The body fields followed by the constants of the declaration.
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
