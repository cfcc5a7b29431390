//! An object store like S3: keys with slashes, uploads and downloads of any size, and metadata in headers.
//!
//! A server in the program plays the store.

use std::borrow::Cow;
use std::collections::HashMap;
use std::error::Error;
use std::io::Read;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use axum::routing::put;
use declapi::{ApiError, ByteStream, Bytes, Response, ResponseParts, Upload, client, endpoint, resource};

/// The API of the store.
#[client(error = StoreError)]
pub struct Store;

/// Objects.
#[resource(on = &Store)]
pub struct Objects;

/// Stores an object.
#[endpoint(put = "/{bucket}/{key*}", body = Bytes, response = (), on = Objects, idempotent)]
pub struct Put<'a> {
    /// The bucket.
    pub bucket: &'a str,
    /// The key, whose slashes stay in the path.
    pub key: &'a str,
    /// The media type.
    #[endpoint(header = "content-type")]
    pub media_type: Option<&'a str>,
    /// The author, for readers of the object.
    #[endpoint(header = "x-amz-meta-author")]
    pub author: Option<&'a str>,
    /// The content.
    #[endpoint(whole_body)]
    pub content: Upload,
}

/// Reads an object.
#[endpoint(get = "/{bucket}/{key*}", response = Response<ByteStream>, on = Objects)]
pub struct Get<'a> {
    /// The bucket.
    pub bucket: &'a str,
    /// The key.
    pub key: &'a str,
    /// The bytes to read, such as `bytes=0-1023`.
    #[endpoint(header = "range")]
    pub range: Option<&'a str>,
}

/// Reads the metadata of an object, if there is one.
#[endpoint(head = "/{bucket}/{key*}", response = Option<Response<()>>, none = 404, on = Objects)]
pub struct Head<'a> {
    /// The bucket.
    pub bucket: &'a str,
    /// The key.
    pub key: &'a str,
}

/// The store's error response, which is XML.
#[derive(Debug)]
pub struct StoreError {
    code: String,
    message: String,
}

impl ApiError for StoreError {
    fn read(response: &ResponseParts<'_>) -> Option<Self> {
        let xml = std::str::from_utf8(response.body).ok()?;
        let element = |name| Some(xml.split_once(&format!("<{name}>"))?.1.split_once("</")?.0.to_owned());
        Some(Self { code: element("Code")?, message: element("Message")? })
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.code.as_str().into())
    }

    fn message(&self) -> Option<Cow<'_, str>> {
        Some(self.message.as_str().into())
    }
}

/// The size of the film, in bytes.
const SIZE: u64 = 10_000_000;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let routes = Router::new().route("/{bucket}/{*key}", put(write).get(read)).with_state(Stored::default());
    let url = stytch_client_examples::serve(routes.layer(DefaultBodyLimit::disable())).await?;
    let store = Store::builder().base_url(url).bearer_auth("token").build()?;

    // The file is read and sent in chunks, as `Upload::file(path)` does it.
    let film = Upload::reader(std::io::repeat(7).take(SIZE)).length(SIZE);
    let put = store.objects().put().bucket("films").key("2026/ada & co/cut 1.mov").content(film);
    put.media_type("video/quicktime").author("Ada").send().await?;

    let mut film = store.objects().get().bucket("films").key("2026/ada & co/cut 1.mov").send().await?;
    let mut size = 0;
    while let Some(piece) = film.value.next().await {
        size += piece?.len();
    }
    println!("{size} bytes by {}", film.header("x-amz-meta-author").unwrap_or("nobody"));

    let next = store.objects().head().bucket("films").key("2027/cut 1.mov").send().await?;
    println!("the next film is there: {}", next.is_some());

    match store.objects().get().bucket("films").key("2027/cut 1.mov").send().await {
        Err(error) if error.is("NoSuchKey") => println!("{error}"),
        Err(error) => return Err(error.into()),
        Ok(_) => return Err("there should be no such object".into()),
    }
    Ok(())
}

/// The objects in the store, by path.
type Stored = Arc<Mutex<HashMap<String, (HeaderMap, axum::body::Bytes)>>>;

/// Plays the store for an upload.
async fn write(State(stored): State<Stored>, uri: Uri, headers: HeaderMap, content: axum::body::Bytes) {
    stored.lock().expect("nothing panics").insert(uri.path().to_owned(), (headers, content));
}

/// Plays the store for a download.
async fn read(State(stored): State<Stored>, uri: Uri) -> impl IntoResponse {
    let stored = stored.lock().expect("nothing panics");
    let Some((headers, content)) = stored.get(uri.path()) else {
        let error = "<Error><Code>NoSuchKey</Code><Message>there is no such object</Message></Error>";
        return Err((StatusCode::NOT_FOUND, error));
    };
    let metadata = headers.iter().filter(|(name, _)| name.as_str().starts_with("x-amz-meta-"));
    let metadata: HeaderMap = metadata.map(|(name, value)| (name.clone(), value.clone())).collect();
    Ok((metadata, content.clone()))
}
