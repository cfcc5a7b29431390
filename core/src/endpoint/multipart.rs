//! Multipart bodies, which can contain files.

use std::hash::{BuildHasher, RandomState};
use std::io::Write;

use serde::Serialize;
use serde::ser::{Error as _, SerializeMap};
use serde_json::Value;
use zeroize::Zeroizing;

use super::format::{BodyError, BodyFormat, BodyWriter, of_fields};
use super::upload::{Upload, collecting};
use crate::response::JSON;
use crate::response::writing::into_map;

/// Sends each field as a part, like an HTML form with files: `multipart/form-data`.
///
/// An [`Upload`] is a file, a list becomes one part for each element, an object is a part with JSON, and any other
/// value is text. For an example, see [`Upload`].
#[derive(Debug)]
pub struct Multipart;

/// Sends each field as a part without a name: `multipart/related`. The server sees only the order and the media types
/// of the parts.
///
/// Google's APIs use it to send metadata (an object) and a file (an [`Upload`]) in one request:
///
/// ```
/// use declapi::{MultipartRelated, Upload, endpoint, object};
///
/// /// Uploads a file.
/// #[endpoint(post = "/upload/files", response = (), body = MultipartRelated, query("uploadType" = "multipart"))]
/// pub struct UploadFile<'a> {
///     /// The metadata of the file.
///     pub metadata: Metadata<'a>,
///     /// The file.
///     pub content: Upload,
/// }
///
/// /// The metadata of a file.
/// #[object]
/// pub struct Metadata<'a> {
///     /// Its name.
///     pub name: &'a str,
/// }
///
/// let metadata = Metadata::builder().name("a.txt").build();
/// let request = UploadFile::builder().metadata(metadata).content(Upload::bytes("a").media_type("text/plain")).build();
/// ```
#[derive(Debug)]
pub struct MultipartRelated;

impl BodyFormat for Multipart {
    const CONTENT_TYPE: &'static str = "multipart/form-data";

    fn write<T: Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError> {
        write::<Self, _>(value, to, true)
    }
}

impl BodyFormat for MultipartRelated {
    const CONTENT_TYPE: &'static str = "multipart/related";

    fn write<T: Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError> {
        write::<Self, _>(value, to, false)
    }
}

fn write<F: BodyFormat, T: Serialize + ?Sized>(
    value: &T,
    to: &mut BodyWriter,
    with_names: bool,
) -> Result<(), BodyError> {
    let boundary = boundary();
    to.set_content_type(format!("{}; boundary={boundary}", F::CONTENT_TYPE));
    let mut parts = Parts { to, boundary, with_names, name: String::new() };
    into_map(value, &mut parts).map_err(|error| of_fields(value, error.into()))?;
    let Parts { to, boundary, .. } = parts;
    write!(to, "--{boundary}--\r\n")?;
    Ok(())
}

/// Returns a string that no part contains: 128 random bits.
fn boundary() -> String {
    // The hash keys of the standard library are random.
    let random = || RandomState::new().hash_one(());
    format!("{:016x}{:016x}", random(), random())
}

/// A serializer that writes each entry of a map as a part.
struct Parts<'w> {
    to: &'w mut BodyWriter,
    boundary: String,
    with_names: bool,
    /// The name of the next part.
    name: String,
}

impl Parts<'_> {
    fn begin(&mut self, file_name: Option<&str>, media_type: Option<&str>) -> Result<(), serde_json::Error> {
        let mut head = format!("--{}\r\n", self.boundary);
        if self.with_names {
            head.push_str(&format!("content-disposition: form-data; name=\"{}\"", quoted(&self.name)));
            if let Some(file_name) = file_name {
                head.push_str(&format!("; filename=\"{}\"", quoted(file_name)));
            }
            head.push_str("\r\n");
        }
        if let Some(media_type) = media_type {
            if media_type.contains(['\r', '\n']) {
                return Err(serde_json::Error::custom("the media type of an upload contains a line break"));
            }
            head.push_str(&format!("content-type: {media_type}\r\n"));
        }
        self.raw(head.as_bytes());
        self.raw(b"\r\n");
        Ok(())
    }

    fn raw(&mut self, bytes: &[u8]) {
        // Writing to memory never fails.
        let _ = self.to.write_all(bytes);
    }

    fn file(&mut self, upload: Upload) -> Result<(), serde_json::Error> {
        let name = upload.name().map(str::to_owned);
        let kind = upload.kind().unwrap_or("application/octet-stream").to_owned();
        // Without a file name, servers treat a part as an ordinary field.
        self.begin(Some(name.as_deref().unwrap_or("file")), Some(&kind))?;
        self.to.upload(upload);
        self.raw(b"\r\n");
        Ok(())
    }

    fn value(&mut self, value: Value) -> Result<(), serde_json::Error> {
        match value {
            Value::Null => Ok(()),
            Value::Array(items) => items.into_iter().try_for_each(|item| self.value(item)),
            Value::String(text) if self.with_names => self.text(&Zeroizing::new(text), None),
            value => {
                let is_json = value.is_object() || !self.with_names;
                self.text(&Zeroizing::new(serde_json::to_string(&value)?), is_json.then_some(JSON))
            }
        }
    }

    fn text(&mut self, text: &str, media_type: Option<&str>) -> Result<(), serde_json::Error> {
        self.begin(None, media_type)?;
        self.raw(text.as_bytes());
        self.raw(b"\r\n");
        Ok(())
    }
}

/// Returns a quoted name, with the escapes that browsers use.
fn quoted(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

impl SerializeMap for Parts<'_> {
    type Ok = ();
    type Error = serde_json::Error;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Self::Error> {
        match serde_json::to_value(key)? {
            Value::String(name) => self.name = name,
            other => self.name = other.to_string(),
        }
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Self::Error> {
        let (json, uploads) = collecting(|| serde_json::to_value(value));
        let json = json?;
        let are_files = match &json {
            Value::Array(items) => items.iter().all(Value::is_null),
            json => json.is_null(),
        };
        match (uploads.is_empty(), are_files) {
            // A `Value` does not preserve the order of fields.
            (true, _) if json.is_object() => {
                self.text(&Zeroizing::new(serde_json::to_string(value)?), Some(JSON))
            }
            (true, _) => self.value(json),
            (false, true) => uploads.into_iter().try_for_each(|upload| self.file(upload)),
            (false, false) => Err(serde_json::Error::custom(
                "an `Upload` cannot be inside of another value: make it a field",
            )),
        }
    }

    fn end(self) -> Result<(), Self::Error> {
        Ok(())
    }
}
