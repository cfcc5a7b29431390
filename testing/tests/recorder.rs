//! Tests for recordings: they are replayed and never contain a secret.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
// Documentation of the fields would only repeat their names.
#![allow(missing_docs)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use declapi::http::{Request, Response, StatusCode};
use declapi::{Body, Client, Form, Secret, TransportError, Upload, client, endpoint, object, response};
use declapi_test::Recorder;
use serde_json::{Value, json};

/// An API of sessions.
#[client(base_url = "https://api.example.com/v1")]
pub struct Api;

/// Logs in.
#[endpoint(post = "/users/{user}/login", response = Session, on = &Api)]
pub struct Login<'a> {
    pub user: &'a str,
    #[endpoint(secret)]
    pub password: &'a str,
    #[endpoint(query, secret)]
    pub code: Option<&'a str>,
    pub device: Option<Device<'a>>,
    pub remember: Option<bool>,
}

/// The device of a login.
#[object]
pub struct Device<'a> {
    pub name: &'a str,
    #[object(secret)]
    pub serial: &'a str,
    #[cfg(test)]
    pub version: Option<u8>,
}

/// Redeems a link.
#[endpoint(post = "/links/{link}/redeem", response = (), on = &Api)]
pub struct Redeem {
    pub link: Secret,
}

/// Exchanges a code.
#[endpoint(post = "/token", body = Form, response = Session, on = &Api)]
pub struct Exchange<'a> {
    pub grant: &'a str,
    #[endpoint(secret)]
    pub code: &'a str,
}

/// Sends a file.
#[endpoint(put = "/files/{name}", body = declapi::Multipart, response = (), on = &Api)]
pub struct SendFile<'a> {
    pub name: &'a str,
    pub file: Upload,
}

/// A session.
#[response]
#[derive(Debug)]
pub struct Session {
    #[response(required)]
    pub id: u64,
    pub key: Secret,
    pub spare_keys: Vec<Secret>,
    #[response(secret)]
    pub link: Option<String>,
    pub owner: Option<Owner>,
}

/// The owner of a session.
#[response]
#[derive(Debug)]
pub struct Owner {
    pub name: String,
    pub pin: Option<Secret>,
}

/// Reads a number.
#[endpoint(get = "/numbers/{name}", response = u64, on = &Api)]
pub struct ReadNumber<'a> {
    pub name: &'a str,
    #[endpoint(query)]
    pub page: Option<u32>,
}

type Replies = std::pin::Pin<Box<dyn Future<Output = Result<Response<Body>, TransportError>> + Send>>;

/// Returns a server that sends the same reply to all requests and repeats their content.
fn server(
    reply: &'static str,
) -> (impl Fn(Request<Body>) -> Replies + Send + Sync + 'static, Arc<AtomicUsize>) {
    let count = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&count);
    let serve = move |request: Request<Body>| {
        counted.fetch_add(1, Ordering::SeqCst);
        let credentials = request.headers().get("authorization").cloned();
        let mut response = Response::new(Body::from(reply));
        response.headers_mut().insert("content-type", "application/json".parse().unwrap());
        response.headers_mut().insert("set-cookie", "sid=cookie-secret".parse().unwrap());
        response.headers_mut().insert("x-request-id", "request-1".parse().unwrap());
        if let Some(credentials) = credentials {
            response.headers_mut().insert("x-echo", credentials);
        }
        Box::pin(async { Ok(response) }) as Replies
    };
    (serve, count)
}

fn file(directory: &Path) -> std::path::PathBuf {
    directory.join("recordings").join("api.json")
}

const SESSION: &str = r#"{"id": 7, "key": "key-secret", "spare_keys": ["spare-secret"], "link": "link-secret", "new_field": "seen",
    "owner": {"name": "Ada", "pin": "pin-secret"}, "refresh_token": "refresh-secret",
    "message": "welcome with password-secret and bearer-secret, serial-secret, query-secret"}"#;

#[tokio::test]
async fn records_once_and_replays_without_a_secret() {
    let directory = tempfile::tempdir().unwrap();
    let path = file(directory.path());
    let (server, count) = server(SESSION);
    let recorder = Recorder::file(&path).through(server);
    let api = Api::builder().bearer_auth("bearer-secret").secret_query("api", "query-secret");
    let api = api.transport(recorder).build().unwrap();
    let device = || Device::builder().name("phone").serial("serial-secret").build();
    let login = Login::builder().user("ada").password("password-secret").code("code-secret");
    let login = login.device(device()).remember(true).build();
    let session = api.send(&login).await.unwrap();
    assert_eq!(session.key, Secret::from("key-secret"));
    assert_eq!(count.load(Ordering::SeqCst), 1);

    let text = fs::read_to_string(&path).unwrap();
    assert!(!text.contains("-secret"), "{text}");
    for seen in
        ["\"Login\"", "/users/ada/login", "\"phone\"", "\"Ada\"", "\"seen\"", "x-request-id: request-1"]
    {
        assert!(text.contains(seen), "{seen} in {text}");
    }
    let parsed: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(parsed["exchanges"][0]["request"]["body"]["json"]["password"], "<redacted>");
    assert_eq!(parsed["exchanges"][0]["request"]["query"], json!(["code=<redacted>"]));

    // Replayed from the file, with other credentials and another password.
    let api = Api::builder().bearer_auth("other").transport(Recorder::file(&path)).build().unwrap();
    let login =
        Login::builder().user("ada").password("another").code("1").device(device()).remember(true).build();
    let session = api.send(&login).await.unwrap();
    assert_eq!((session.id, session.key), (7, Secret::from("<redacted>")));
    assert_eq!(session.owner.unwrap().name, "Ada");
    // A different value that is not secret makes a new request.
    let login = Login::builder().user("ada").password("another").remember(false).build();
    let error = api.send(&login).await.unwrap_err();
    let said = error.to_string();
    assert!(said.contains("POST /users/ada/login") && said.contains("delete the file"), "{said}");
    assert!(!said.contains("another"), "{said}");
    assert_eq!(error.attempts(), 1);
    assert_eq!(fs::read_to_string(&path).unwrap(), text);
}

#[tokio::test]
async fn secrets_of_paths_and_forms_are_redacted() {
    let directory = tempfile::tempdir().unwrap();
    let path = file(directory.path());
    let (server, _) = server(r#"{"id": 7, "said": "link-secret, basic-secret", "token": "a-secret"}"#);
    let api =
        Api::builder().basic_auth("user", "basic-secret").transport(Recorder::file(&path).through(server));
    let api = api.build().unwrap();
    api.send(&Redeem { link: "link-secret".into() }).await.unwrap();
    // The server repeats the content of the previous request here too.
    api.send(&Exchange { grant: "code", code: "form-secret" }).await.unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert!(!text.contains("-secret"), "{text}");
    assert!(
        text.contains("/links/<redacted>/redeem") && text.contains("grant=code&code=<redacted>"),
        "{text}"
    );

    let api = Api::builder().transport(Recorder::file(&path)).build().unwrap();
    api.send(&Exchange { grant: "code", code: "x" }).await.unwrap();
    api.send(&Redeem { link: "y".into() }).await.unwrap();
}

#[tokio::test]
async fn matches_in_any_order_and_repeats_the_last() {
    let directory = tempfile::tempdir().unwrap();
    let path = file(directory.path());
    let count = AtomicUsize::new(0);
    let counting = move |_: Request<Body>| {
        let number = count.fetch_add(1, Ordering::SeqCst).to_string();
        async { Ok(Response::new(Body::from(number))) }
    };
    let api = Api::builder().transport(Recorder::file(&path).through(counting)).build().unwrap();
    let read = |name| ReadNumber { name, page: None };
    for (name, number) in [("a", 0), ("b", 1), ("a", 2)] {
        assert_eq!(api.send(&read(name)).await.unwrap(), number);
    }
    assert_eq!(api.send(&ReadNumber { name: "a", page: Some(2) }).await.unwrap(), 3);

    let api = Api::builder().transport(Recorder::file(&path)).build().unwrap();
    assert_eq!(api.send(&ReadNumber { name: "a", page: Some(2) }).await.unwrap(), 3);
    for (name, number) in [("b", 1), ("a", 0), ("a", 2), ("a", 2)] {
        assert_eq!(api.send(&read(name)).await.unwrap(), number);
    }
    assert!(api.send(&ReadNumber { name: "a", page: Some(3) }).await.is_err());
}

/// Reads a picture.
#[endpoint(get = "/picture", response = declapi::Bytes, on = &Api)]
pub struct Picture;

#[tokio::test]
async fn error_responses_bytes_and_uploads_are_recorded() {
    let directory = tempfile::tempdir().unwrap();
    let path = file(directory.path());
    let serve = |request: Request<Body>| async move {
        if request.uri().path().ends_with("/picture") {
            return Ok(Response::new(Body::from(vec![0xFF, 0xD8, 0])));
        }
        let mut response = Response::new(Body::from(r#"{"error": "no such number"}"#));
        *response.status_mut() =
            if request.method() == "PUT" { StatusCode::OK } else { StatusCode::NOT_FOUND };
        Ok(response)
    };
    let send = || SendFile { name: "a", file: Upload::bytes("content").file_name("a.txt") };
    for recorder in [Recorder::file(&path).through(serve), Recorder::file(&path)] {
        let recorder = if path.exists() { Recorder::file(&path) } else { recorder };
        let api = Api::builder().transport(recorder).build().unwrap();
        assert_eq!(&*api.send(&Picture).await.unwrap().0, [0xFF, 0xD8, 0]);
        let error = api.send(&ReadNumber { name: "a", page: None }).await.unwrap_err();
        assert_eq!(error.status(), Some(404));
        // The boundary is different each time.
        api.send(&send()).await.unwrap();
    }
    assert!(fs::read_to_string(&path).unwrap().contains("content"));
}

#[tokio::test]
async fn as_a_hook_it_uses_the_transport_of_the_client() {
    let directory = tempfile::tempdir().unwrap();
    let path = file(directory.path());
    let (serve, count) = server("7");
    let api = Api::builder().transport(serve).hook(Recorder::file(&path)).build().unwrap();
    assert_eq!(api.send(&ReadNumber { name: "a", page: None }).await.unwrap(), 7);
    let (serve, none) = server("8");
    let api = Api::builder().transport(serve).hook(Recorder::file(&path)).build().unwrap();
    assert_eq!(api.send(&ReadNumber { name: "a", page: None }).await.unwrap(), 7);
    assert_eq!((count.load(Ordering::SeqCst), none.load(Ordering::SeqCst)), (1, 0));
}

/// Without a custom transport, it sends over the network: here to a server on this machine, once.
#[test]
fn sends_by_itself_and_for_blocking_clients() {
    let directory = tempfile::tempdir().unwrap();
    let path = file(directory.path());
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut lines = BufReader::new(stream.try_clone().unwrap()).take(10_000).lines();
        while lines.next().is_some_and(|line| !line.unwrap().is_empty()) {}
        stream.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 1\r\n\r\n7").unwrap();
    });
    let read = ReadNumber { name: "a", page: None };
    let api = Api::builder().base_url(&base).transport(Recorder::file(&path)).build_blocking().unwrap();
    assert_eq!(api.send(&read).unwrap(), 7);
    server.join().unwrap();
    let api = Api::builder().base_url(base).transport(Recorder::file(&path)).build_blocking().unwrap();
    assert_eq!(api.send(&read).unwrap(), 7);
}

#[tokio::test]
async fn a_file_that_is_not_a_recording_is_an_error_and_is_kept() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("api.json");
    fs::write(&path, "{\"exchanges\": [\n  1").unwrap();
    let client = Client::builder("https://x.example").transport(Recorder::file(&path)).build().unwrap();
    let error = client.send(&ReadNumber { name: "a", page: None }).await.unwrap_err().to_string();
    assert!(error.contains("api.json is not a recording (line 2"), "{error}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "{\"exchanges\": [\n  1");
    // A directory cannot be read as a file.
    let client =
        Client::builder("https://x.example").transport(Recorder::file(directory.path())).build().unwrap();
    let error = client.send(&ReadNumber { name: "a", page: None }).await.unwrap_err().to_string();
    assert!(error.contains("cannot be read"), "{error}");
}
