//! Uploads on a real connection: bytes, files, readers and streams, as a whole body or as a part.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
// The names of the fields in these declarations need no documentation.
#![allow(missing_docs)]

use std::fs;
use std::future::poll_fn;
use std::io::{self, Read};
use std::task::Poll;
use std::time::Duration;

use declapi::{
    Body, ByteStream, Bytes, Client, Error, ErrorKind, Method, Multipart, TransportError, Upload, endpoint,
    http,
};
use stytch_client_tests::clock::Clock;
use stytch_client_tests::http2::Http2Server;
use stytch_client_tests::server::{Act, ClosedPort, Server, State, response};

#[endpoint(put = "/objects/{name}", response = (), body = Bytes, idempotent)]
struct PutObject<'a> {
    name: &'a str,
    #[endpoint(whole_body)]
    content: Upload,
}

#[endpoint(post = "/forms", response = (), body = Multipart)]
struct PostForm<'a> {
    title: &'a str,
    files: Vec<Upload>,
}

fn client(url: &str) -> Client {
    Client::builder(url).timer(Clock::skipping(Duration::from_secs(20))).build().unwrap()
}

fn accepting() -> Server {
    Server::start(vec![Act::Respond(|_| response("204 No Content", &[], ""))])
}

/// Returns a header of the only request.
fn header(state: &State, name: &str) -> Option<String> {
    let start = format!("{name}: ");
    let headers = &state.requests[0].headers;
    headers.lines().find_map(|line| line.strip_prefix(&*start)).map(str::to_owned)
}

/// A file with this content, removed at the end.
struct File(std::path::PathBuf);

impl File {
    fn with(name: &str, content: &[u8]) -> Self {
        let path = std::env::temp_dir().join(format!("declapi-{}-{name}", std::process::id()));
        fs::write(&path, content).unwrap();
        Self(path)
    }
}

impl Drop for File {
    fn drop(&mut self) {
        let _ = fs::remove_file(&self.0);
    }
}

#[tokio::test]
async fn every_source_is_sent_as_it_is() {
    let content: Vec<u8> = (0..700_000_u32).map(|number| number.to_le_bytes()[0]).collect();
    let file = File::with("source", &content);
    let pieces = Body::wrap(http_body_util::Full::new(bytes::Bytes::from(content.clone())));
    let length = Some(content.len().to_string());
    for (upload, sent_length) in [
        (Upload::bytes(content.clone()), length.clone()),
        (Upload::file(&file.0), length.clone()),
        (Upload::reader(io::Cursor::new(content.clone())), None),
        (Upload::reader(io::Cursor::new(content.clone())).length(700_000), length.clone()),
        (Upload::body(pieces), length.clone()),
    ] {
        let shown = format!("{upload:?}");
        let server = accepting();
        client(&server.url()).put_object().name("a/b").content(upload).send().await.unwrap();
        let state = server.state();
        assert!(state.requests[0].body == content, "{shown}: {} bytes", state.requests[0].body.len());
        assert_eq!(header(&state, "content-length"), sent_length, "{shown}");
        assert_eq!(header(&state, "transfer-encoding").is_some(), sent_length.is_none(), "{shown}");
        assert_eq!(header(&state, "content-type").unwrap(), "application/octet-stream");
        assert!(state.requests[0].headers.starts_with("PUT /objects/a%2Fb HTTP/1.1"));
    }
}

#[tokio::test]
async fn an_empty_upload_is_sent() {
    let server = accepting();
    client(&server.url())
        .put_object()
        .name("a")
        .content(Upload::bytes("").media_type("image/png"))
        .send()
        .await
        .unwrap();
    assert_eq!(header(&server.state(), "content-length").unwrap(), "0");
    assert_eq!(header(&server.state(), "content-type").unwrap(), "image/png");
}

#[tokio::test]
async fn files_are_parts() {
    let file = File::with("part \"1\".txt", b"from a file");
    let server = accepting();
    let files = [
        Upload::file(&file.0),
        Upload::bytes(&b"\0\xff"[..]).file_name("b.bin").media_type("image/png"),
        Upload::reader(&b"read"[..]).length(4),
    ];
    client(&server.url()).post_form().title("t").files(files).send().await.unwrap();
    let state = server.state();
    let kind = header(&state, "content-type").unwrap();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").unwrap();
    let body = String::from_utf8_lossy(&state.requests[0].body).replace(boundary, "B").replace("\r\n", "\n");
    let name = file.0.file_name().unwrap().to_str().unwrap().replace('"', "%22");
    assert_eq!(
        body,
        format!(
            "--B\ncontent-disposition: form-data; name=\"title\"\n\nt\n\
             --B\ncontent-disposition: form-data; name=\"files\"; filename=\"{name}\"\n\
             content-type: application/octet-stream\n\nfrom a file\n\
             --B\ncontent-disposition: form-data; name=\"files\"; filename=\"b.bin\"\n\
             content-type: image/png\n\n\0\u{fffd}\n\
             --B\ncontent-disposition: form-data; name=\"files\"; filename=\"file\"\n\
             content-type: application/octet-stream\n\nread\n--B--\n"
        )
    );
    assert_eq!(header(&state, "content-length").unwrap(), state.requests[0].body.len().to_string());
}

#[tokio::test]
async fn a_header_of_a_part_cannot_be_forged() {
    let upload = || Upload::bytes("x").file_name("a\r\nx: y\"");
    let server = accepting();
    client(&server.url()).post_form().title("t").files([upload()]).send().await.unwrap();
    let body = String::from_utf8(server.state().requests[0].body.clone()).unwrap();
    assert!(body.contains("filename=\"a%0D%0Ax: y%22\""), "{body}");
    let call = client(&server.url()).post_form().title("t").files([upload().media_type("a\r\nb")]).send();
    assert!(
        call.await.unwrap_err().to_string().contains("the media type of an upload contains a line break")
    );
}

#[tokio::test]
async fn reusable_uploads_are_retried() {
    let file = File::with("again", b"again");
    for upload in [Upload::bytes("again"), Upload::file(&file.0)] {
        let server = accepting();
        server.next([Act::Read, Act::Reset]);
        client(&server.url()).put_object().name("a").content(upload).send().await.unwrap();
        let bodies: Vec<Vec<u8>> = server.state().requests.into_iter().map(|request| request.body).collect();
        assert_eq!(bodies, [b"again", b"again"]);
    }
}

/// More calls may wait for a connection than files can be open at the same time.
#[tokio::test]
async fn a_file_is_opened_when_a_connection_is_free() {
    let server = accepting();
    let client = Client::builder(server.url()).timer(Clock::standing()).max_connections(1).build().unwrap();
    let busy = client.request(Method::Get, "/stream").send::<ByteStream>().await.unwrap();
    let path = std::env::temp_dir().join(format!("declapi-{}-late", std::process::id()));
    let mut upload = Box::pin(client.put_object().name("a").content(Upload::file(&path)).send());
    let waits = poll_fn(|context| Poll::Ready(upload.as_mut().poll(context).is_pending()));
    assert!(waits.await, "it waits for a connection");
    let _file = File::with("late", b"content");
    drop(busy);
    upload.await.unwrap();
    assert_eq!(server.state().requests[1].body, b"content");
}

/// Sends an upload with a transport that runs `meanwhile` when the file is open. Returns the body that it received.
async fn received(upload: Upload, meanwhile: impl Fn() + Send + Sync + 'static) -> Result<Vec<u8>, Error> {
    let transport = move |request: http::Request<Body>| {
        meanwhile();
        async move {
            let (mut body, mut all) = (request.into_body(), Vec::new());
            while let Some(chunk) = body.chunk().await? {
                all.extend_from_slice(&chunk);
            }
            Ok::<_, TransportError>(http::Response::new(Body::from(all)))
        }
    };
    let client = Client::builder("https://api.example.com").transport(transport).build().unwrap();
    let put = PutObject::builder().name("a").content(upload).build();
    client.send_as::<Bytes>(&put).await.map(|received| received.to_vec())
}

/// The server knows the length from the headers, and a log grows all the time.
#[tokio::test]
async fn a_file_is_sent_up_to_the_length_that_it_had() {
    for (name, length, sent) in [("grows", 12, Some(&b"first"[..])), ("shrinks", 3, None)] {
        let file = File::with(name, b"first");
        let path = file.0.clone();
        let resize = move || fs::OpenOptions::new().write(true).open(&path).unwrap().set_len(length).unwrap();
        match (received(Upload::file(&file.0), resize).await, sent) {
            (Ok(received), Some(sent)) => assert_eq!(received, sent),
            (Err(error), None) => {
                assert!(error.to_string().contains("a file became shorter"), "{error}");
            }
            (other, _) => panic!("{name}: {other:?}"),
        }
    }
}

/// The file system does not know the length of such files and says 0.
#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_file_that_is_made_while_it_is_read_is_sent() {
    let received = received(Upload::file("/proc/self/cmdline"), || {}).await.unwrap();
    assert_eq!(received, fs::read("/proc/self/cmdline").unwrap());
    assert!(!received.is_empty());
    let (server, empty) = (accepting(), File::with("empty", b""));
    for path in [std::path::Path::new("/proc/self/cmdline"), &empty.0] {
        client(&server.url()).put_object().name("a").content(Upload::file(path)).send().await.unwrap();
    }
    let requests = server.state().requests;
    assert_eq!(requests[0].body, received);
    assert!(requests[0].headers.contains("transfer-encoding: chunked"), "{}", requests[0].headers);
    assert!(requests[1].headers.contains("content-length: 0"), "{}", requests[1].headers);
}

#[tokio::test]
async fn single_use_uploads_are_not_retried_and_the_error_says_so() {
    let server = Server::start(vec![Act::Read, Act::Reset]);
    let call = client(&server.url()).put_object().name("a").content(Upload::reader(&b"once"[..])).send();
    let error = call.await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1));
    assert!(
        error
            .to_string()
            .ends_with("; it was not retried, because a reader or a stream can be sent only once"),
        "{error}"
    );
    let unreachable = client(&ClosedPort::bind().url());
    let error =
        unreachable.put_object().name("a").content(Upload::reader(&b"once"[..])).send().await.unwrap_err();
    assert!(error.to_string().contains("it was not retried, because"), "{error}");
}

#[tokio::test]
async fn a_reader_is_used_up_by_its_call() {
    let server = accepting();
    let upload = Upload::reader(&b"once"[..]);
    let put = || client(&server.url()).put_object().name("a").content(upload.clone()).send();
    put().await.unwrap();
    let error = put().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    assert!(
        error
            .to_string()
            .contains("the upload was sent before, and a reader or a stream can be sent only once"),
        "{error}"
    );
    assert_eq!(server.state().requests.len(), 1);
}

/// A reader that fails after a few bytes.
struct Failing(usize);

impl Read for Failing {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.0 == 0 {
            return Err(io::Error::other("the disk is broken"));
        }
        let length = buffer.len().min(self.0);
        buffer[..length].fill(b'x');
        self.0 -= length;
        Ok(length)
    }
}

#[tokio::test]
async fn an_unreadable_upload_is_an_error_with_its_name() {
    let server = accepting();
    let directory = std::env::temp_dir();
    let missing = directory.join("no-such-file-of-declapi");
    for (upload, words) in [
        (Upload::file(&missing), &["the file `", "no-such-file-of-declapi` cannot be read: "][..]),
        (Upload::file(&directory), &["cannot be read: it is a directory"]),
        (Upload::reader(Failing(0)), &["the upload cannot be read to its end: the disk is broken"]),
        (Upload::reader(Failing(1_000_000)), &["the upload cannot be read to its end: the disk is broken"]),
        (Upload::bytes("abc").length(2), &["does not have the length that was set with `length`"]),
        (Upload::reader(&b"abc"[..]).length(2), &["does not have the length that was set with `length`"]),
        (Upload::reader(&b"abc"[..]).length(4), &["does not have the length that was set with `length`"]),
    ] {
        let shown = format!("{upload:?}");
        let error = client(&server.url()).put_object().name("a").content(upload).send().await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{shown}: {error}");
        assert!(words.iter().all(|word| error.to_string().contains(word)), "{shown}: {error}");
        assert_eq!(error.attempts(), 1, "{shown}: {error}");
    }
    assert_eq!(server.state().requests.len(), 0);
}

/// hyper resets the stream of such a request, and does not return the error of its body.
#[tokio::test]
async fn an_unreadable_upload_is_the_same_error_over_http2() {
    let server = Http2Server::start("", 1).await;
    let http = stytch_client_tests::http::client().http2_prior_knowledge().build().unwrap();
    let url = format!("http://{}", server.address());
    let client = Client::builder(url).timer(Clock::skipping(Duration::from_secs(20))).http_client(http);
    let client = client.build().unwrap();
    for (upload, words) in [
        (Upload::reader(Failing(0)), "the upload cannot be read to its end: the disk is broken"),
        (Upload::reader(Failing(1_000_000)), "the upload cannot be read to its end: the disk is broken"),
        (Upload::reader(&b"abc"[..]).length(4), "does not have the length that was set with `length`"),
    ] {
        let error = client.put_object().name("a").content(upload).send().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 1), "{error}");
        assert!(error.to_string().contains(words), "{error}");
    }
}
