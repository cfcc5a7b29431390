//! The content of file parts and bodies of bytes: bytes, a file, a reader or a stream.

mod bodies;

use std::cell::RefCell;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use serde::ser::Error as _;
use serde::{Serialize, Serializer};

use self::bodies::{Blocking, Chain, OfLength, wrong_length};
use crate::transport::{Body, TransportError};

/// Content to upload: a field of an endpoint with `body = Multipart` or `body = Bytes`.
///
/// ```
/// use declapi::{Multipart, Upload, endpoint};
///
/// /// Uploads a picture.
/// #[endpoint(post = "/pictures", response = (), body = Multipart)]
/// pub struct UploadPicture<'a> {
///     /// The title of the picture.
///     pub title: &'a str,
///     /// The picture.
///     pub picture: Upload,
/// }
///
/// let picture = Upload::bytes(&b"GIF89a"[..]).file_name("dot.gif").media_type("image/gif");
/// let request = UploadPicture::builder().title("A dot").picture(picture).build();
/// ```
///
/// Bytes and files can be sent again in a retry. A reader or a stream can be sent only once, so such a call is never
/// retried.
#[derive(Clone)]
pub struct Upload(Arc<Inner>);

#[derive(Clone)]
struct Inner {
    source: Source,
    length: Option<u64>,
    file_name: Option<String>,
    media_type: Option<String>,
}

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    File(PathBuf),
    /// The first attempt takes it.
    Once(Arc<Mutex<Option<Body>>>),
}

impl Upload {
    fn new(source: Source) -> Self {
        Self(Arc::new(Inner { source, length: None, file_name: None, media_type: None }))
    }

    /// Uploads bytes.
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::new(Source::Bytes(bytes.into()))
    }

    /// Uploads a file. It is opened when the request is sent. The file name of a part is the name of the file. If the
    /// file cannot be read, the call returns an error that names the file.
    pub fn file(path: impl AsRef<Path>) -> Self {
        let path = path.as_ref();
        let upload = Self::new(Source::File(path.to_owned()));
        match path.file_name() {
            Some(name) => upload.file_name(name.to_string_lossy()),
            None => upload,
        }
    }

    /// Uploads the content of a reader up to its end. Its length is unknown unless you set [`length`](Self::length).
    ///
    /// It is read in chunks on a thread that is allowed to block.
    pub fn reader(reader: impl Read + Send + 'static) -> Self {
        Self::body(Body::wrap(Blocking::new(Box::new(reader))))
    }

    /// Uploads a body, for example a stream that was converted with [`Body::wrap`].
    pub fn body(body: Body) -> Self {
        match body.as_bytes() {
            Some(bytes) => Self::bytes(bytes.clone()),
            None => Self::new(Source::Once(Arc::new(Mutex::new(Some(body))))),
        }
    }

    /// Sets the length of a reader or a stream, in bytes. Without it, the body is sent with chunked encoding, which
    /// some servers reject. If the content has another length, the call returns an error.
    #[must_use]
    pub fn length(self, bytes: u64) -> Self {
        self.with(|inner| inner.length = Some(bytes))
    }

    /// Sets the file name of a part.
    #[must_use]
    pub fn file_name(self, name: impl Into<String>) -> Self {
        self.with(|inner| inner.file_name = Some(name.into()))
    }

    /// Sets the media type of a part, for example `image/png`. Default: `application/octet-stream`.
    #[must_use]
    pub fn media_type(self, media_type: impl Into<String>) -> Self {
        self.with(|inner| inner.media_type = Some(media_type.into()))
    }

    fn with(self, change: impl FnOnce(&mut Inner)) -> Self {
        let mut inner = Arc::unwrap_or_clone(self.0);
        change(&mut inner);
        Self(Arc::new(inner))
    }

    pub(super) fn name(&self) -> Option<&str> {
        self.0.file_name.as_deref()
    }

    pub(super) fn kind(&self) -> Option<&str> {
        self.0.media_type.as_deref()
    }

    /// Returns the content, if it is in memory.
    pub(super) fn content(&self) -> Option<&Bytes> {
        match &self.0.source {
            Source::Bytes(bytes) => Some(bytes),
            Source::File(_) | Source::Once(_) => None,
        }
    }

    /// Returns whether the content can be sent in a second attempt.
    fn is_repeatable(&self) -> bool {
        !matches!(self.0.source, Source::Once(_))
    }

    fn open(&self) -> Result<Body, TransportError> {
        let body = match &self.0.source {
            Source::Bytes(bytes) => bytes.clone().into(),
            Source::File(path) => open(path).map_err(|error| unreadable(path, error))?,
            Source::Once(body) => {
                let mut body = body.lock().unwrap_or_else(PoisonError::into_inner);
                body.take().ok_or_else(|| {
                    TransportError::rejected("the upload was sent before").with_message(
                        "the upload was sent before, and a reader or a stream can be sent only once: create a new one",
                    )
                })?
            }
        };
        let Some(length) = self.0.length else { return Ok(body) };
        match body.as_bytes() {
            None => Ok(Body::wrap(OfLength { body, left: length })),
            Some(bytes) if bytes.len() as u64 == length => Ok(body),
            Some(_) => Err(wrong_length()),
        }
    }
}

fn open(path: &Path) -> io::Result<Body> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a directory"));
    }
    // The length of a pipe or a device is unknown.
    if !metadata.is_file() {
        return Ok(Body::wrap(Blocking::new(Box::new(file))));
    }
    if metadata.len() == 0 {
        return without_length(file);
    }
    // The file may grow while it is sent, but its length has already been announced.
    let body = Body::wrap(Blocking::new(Box::new(file.take(metadata.len()))));
    Ok(Body::wrap(OfLength { body, left: metadata.len() }))
}

/// Returns the body of a file whose length is 0. It may still have content: a file in `/proc` is made while it is read.
fn without_length(mut file: File) -> io::Result<Body> {
    let mut first = Vec::new();
    file.by_ref().take(1).read_to_end(&mut first)?;
    if first.is_empty() {
        return Ok(Body::empty());
    }
    let rest = Body::wrap(Blocking::new(Box::new(file)));
    Ok(Body::wrap(Chain(vec![rest, first.into()])))
}

fn unreadable(path: &Path, error: io::Error) -> TransportError {
    let message = format!("the file `{}` cannot be read: {error}", path.display());
    TransportError::rejected(error).with_message(message)
}

impl fmt::Debug for Upload {
    /// Shows the source of the content, but not the content.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.source {
            Source::Bytes(bytes) => write!(f, "Upload(<{} bytes>)", bytes.len()),
            Source::File(path) => write!(f, "Upload({})", path.display()),
            Source::Once(_) => f.write_str("Upload(<stream>)"),
        }
    }
}

thread_local! {
    /// The uploads of a value that is being serialized. `None` if no caller collects them.
    static FOUND: RefCell<Option<Vec<Upload>>> = const { RefCell::new(None) };
}

/// Collects the uploads in the value that `serialize` serializes. Each upload is a unit there.
pub(super) fn collecting<T>(serialize: impl FnOnce() -> T) -> (T, Vec<Upload>) {
    struct Restored(Option<Vec<Upload>>);

    impl Drop for Restored {
        fn drop(&mut self) {
            FOUND.set(self.0.take());
        }
    }

    let _before = Restored(FOUND.replace(Some(Vec::new())));
    let value = serialize();
    (value, FOUND.take().unwrap_or_default())
}

impl Serialize for Upload {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        let is_collected =
            FOUND.with_borrow_mut(|found| found.as_mut().map(|found| found.push(self.clone())));
        match is_collected {
            Some(()) => to.serialize_unit(),
            None => Err(S::Error::custom(
                "an `Upload` can only be sent with `body = Multipart`, or as the whole body with `body = Bytes`",
            )),
        }
    }
}

/// A part of a body.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    Bytes(Bytes),
    Upload(Upload),
}

impl Piece {
    pub(super) fn upload(&self) -> Option<&Upload> {
        match self {
            Self::Upload(upload) => Some(upload),
            Self::Bytes(_) => None,
        }
    }
}

/// A body that consists of several parts, some of which are uploads.
#[derive(Clone, Debug)]
pub(crate) struct Pieces(pub(super) Arc<[Piece]>);

impl Pieces {
    /// Returns whether the whole body can be sent in a second attempt.
    pub(crate) fn is_repeatable(&self) -> bool {
        self.0.iter().all(|piece| match piece {
            Piece::Bytes(_) => true,
            Piece::Upload(upload) => upload.is_repeatable(),
        })
    }

    /// Opens the body with its files.
    pub(crate) fn open(&self) -> Result<Body, TransportError> {
        let open = |piece: &Piece| match piece {
            Piece::Bytes(bytes) => Ok(bytes.clone().into()),
            Piece::Upload(upload) => upload.open(),
        };
        let bodies: Result<Vec<Body>, TransportError> = self.0.iter().map(open).collect();
        let mut bodies = bodies?;
        bodies.retain(|body| body.as_bytes().is_none_or(|bytes| !bytes.is_empty()));
        bodies.reverse();
        Ok(match bodies.pop() {
            None => Body::empty(),
            Some(only) if bodies.is_empty() => only,
            Some(first) => {
                bodies.push(first);
                Body::wrap(Chain(bodies))
            }
        })
    }
}
