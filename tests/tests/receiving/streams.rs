//! Bytes, text and lines: complete or as a stream, with an idle timeout and a size limit.

use std::pin::Pin;
use std::time::Duration;

use declapi::{ByteStream, Bytes, ErrorKind, JsonLines, Phase, Response, Text, endpoint};
use serde_json::{Value, json};
use stytch_client_tests::clock::Clock;
use stytch_client_tests::server::{Act, Server, response};

use crate::{HOUR, builder, client};

#[endpoint(get = "/file", response = Bytes, idempotent)]
struct ReadFile;

#[endpoint(get = "/text", response = Text)]
struct ReadText;

#[endpoint(get = "/stream", response = ByteStream, idempotent)]
struct StreamFile;

#[endpoint(post = "/lines", response = JsonLines<Value>)]
struct ReadLines {
    since: u8,
}

/// The start of a response whose body ends when the connection is closed.
fn begun(kind: &str) -> Vec<u8> {
    format!("HTTP/1.1 200 OK\r\ncontent-type: {kind}\r\nconnection: close\r\n\r\n").into_bytes()
}

fn written(parts: &[&str]) -> Vec<Act> {
    let mut script = vec![Act::Read, Act::Write(begun("application/octet-stream"))];
    script.extend(parts.iter().map(|part| Act::Write(part.as_bytes().to_vec())));
    script
}

#[tokio::test]
async fn a_body_is_read_as_it_is() {
    let server = Server::start(vec![Act::Respond(|_| response("200 OK", &["x-a: 1"], "\"a\u{feff}\0"))]);
    let client = client(&server.url());
    assert_eq!(&*client.read_file().send().await.unwrap(), "\"a\u{feff}\0".as_bytes());
    assert_eq!(&*client.read_text().send().await.unwrap(), "\"a\u{feff}\0");
    let response = client.read_file().send_as::<Response<Text>>().await.unwrap();
    assert_eq!((response.status().as_u16(), response.header("x-a")), (200, Some("1")));
    assert_eq!(response.url().unwrap().path(), "/file");
    assert_eq!(response.value.len(), 6);
    let shown = format!("{response:?}");
    assert!(shown.contains("x-a") && !shown.contains("\"1\""), "{shown}");
    let accepted = |number: usize| server.state().requests[number].headers.contains("accept: */*");
    assert!(accepted(0) && accepted(1) && accepted(2), "{:?}", server.state().requests);
}

#[tokio::test]
async fn pieces_are_given_as_they_arrive() {
    let server = Server::start(written(&["abc", "def"]));
    let mut stream = client(&server.url()).stream_file().send().await.unwrap();
    let mut all = Vec::new();
    while let Some(piece) = stream.next().await {
        all.extend_from_slice(&piece.unwrap());
    }
    assert_eq!(all, b"abcdef");
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn each_chunk_has_an_idle_timeout() {
    let server = Server::start([written(&["abc"]), vec![Act::Stall]].concat());
    let clock = Clock::standing();
    let client = builder(&server.url(), &clock).idle_timeout(Duration::from_secs(7)).build().unwrap();
    let mut stream = client.stream_file().send().await.unwrap();
    assert_eq!(&*stream.next().await.unwrap().unwrap(), b"abc");
    // The timeout of the call ended with the headers.
    clock.advance(HOUR * 2);
    let begun = clock.begun();
    let (piece, ()) = tokio::join!(stream.next(), async {
        clock.until_begun(begun + 1).await;
        clock.advance(Duration::from_secs(7));
    });
    let error = piece.unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.phase(), error.status()),
        (ErrorKind::Timeout, Some(Phase::Reading), Some(200))
    );
    assert!(
        error.to_string().starts_with("GET /stream: no response within 7 s, reading the response"),
        "{error}"
    );
    assert!(stream.next().await.is_none());
    server.until_all_closed().await;
}

#[tokio::test]
async fn whole_bytes_have_the_same_timeout() {
    let server = Server::start([written(&["abc"]), vec![Act::Stall]].concat());
    let clock = Clock::standing();
    let client = builder(&server.url(), &clock).idle_timeout(Duration::from_secs(7)).build().unwrap();
    let call = client.read_file().send();
    let (outcome, ()) = tokio::join!(call, async {
        server.until(|state| state.stalled == 1).await;
        while clock.begun() < 2 {
            tokio::task::yield_now().await;
        }
        clock.advance(Duration::from_secs(7));
    });
    let error = outcome.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 1));
    assert!(error.to_string().contains("within 7 s"), "{error}");
}

#[tokio::test]
async fn a_broken_connection_is_an_error_and_not_the_end() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\nx-request-id: request-1\r\n\r\nabc";
    let server = Server::start(vec![Act::Read, Act::Write(cut.into())]);
    let client = client(&server.url());
    let mut stream = client.stream_file().send().await.unwrap();
    assert_eq!(&*stream.next().await.unwrap().unwrap(), b"abc");
    let of_stream = stream.next().await.unwrap().unwrap_err();
    assert!(stream.next().await.is_none());
    for error in [of_stream, client.read_file().send().await.unwrap_err()] {
        assert_eq!(error.kind(), ErrorKind::Connection);
        assert_eq!((error.status(), error.request_id()), (Some(200), Some("request-1")));
        assert_eq!(error.headers().unwrap()["content-length"], "10");
    }
}

#[tokio::test]
async fn whole_bodies_and_lines_have_a_size_limit_and_streams_have_none() {
    let body = "x".repeat(100);
    let server = Server::start(written(&[&body]));
    let client = builder(&server.url(), &Clock::standing()).max_response_bytes(50).build().unwrap();
    for outcome in [client.read_file().send().await.map(|_| ()), client.read_text().send().await.map(|_| ())]
    {
        let error = outcome.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::TooLarge);
        assert!(
            error.to_string().contains("200 with a body over 50 bytes: raise `max_response_bytes`"),
            "{error}"
        );
    }
    let error = client.read_lines().since(1).send().await.unwrap().next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("200 with a line over 50 bytes"), "{error}");
    let server_of_lines = Server::start(written(&["1\n", &format!("\"{body}\"\n2\n")]));
    let lines = builder(&server_of_lines.url(), &Clock::standing()).max_response_bytes(50).build().unwrap();
    let mut lines = lines.read_lines().since(1).send().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap(), 1);
    let error = lines.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("200 with a line over 50 bytes"), "{error}");
    assert!(lines.next().await.is_none());
    let mut stream = client.stream_file().send().await.unwrap();
    let mut length = 0;
    while let Some(piece) = stream.next().await {
        length += piece.unwrap().len();
    }
    assert_eq!(length, 100);
}

#[tokio::test]
async fn a_line_is_a_value() {
    let server = Server::start(written(&["{\"a\":", "1}\r\n\n  \n", "[2]\n\"x\u{e9}\"\nnul", "l"]));
    let mut lines = client(&server.url()).read_lines().since(1).send().await.unwrap();
    let mut values = Vec::new();
    while let Some(value) = lines.next().await {
        values.push(value.unwrap());
    }
    assert_eq!(values, [json!({"a": 1}), json!([2]), json!("x\u{e9}"), json!(null)]);
}

#[tokio::test]
async fn a_line_that_was_cut_by_a_broken_connection_is_not_a_value() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n1\n12";
    let server = Server::start(vec![Act::Read, Act::Write(cut.into())]);
    let mut lines = client(&server.url()).read_lines().since(1).send().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap(), 1);
    assert_eq!(lines.next().await.unwrap().unwrap_err().kind(), ErrorKind::Connection);
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn a_last_line_that_was_cut_is_an_error() {
    for rest in [&b"tru"[..], b"\xe2\x82", b"\"\xe2\x82"] {
        let body = [b"1\n", rest].concat();
        let server =
            Server::start(vec![Act::Read, Act::Write(begun("application/x-ndjson")), Act::Write(body)]);
        let mut lines = client(&server.url()).read_lines().since(1).send().await.unwrap();
        assert_eq!(lines.next().await.unwrap().unwrap(), 1);
        assert_eq!(lines.next().await.unwrap().unwrap_err().kind(), ErrorKind::Decode, "{rest:?}");
        assert!(lines.next().await.is_none());
    }
}

#[tokio::test]
async fn a_line_that_is_no_json_ends_the_stream_and_shows_no_secret() {
    let server = Server::start(written(&["1\n{\"key-which-is-secret\": tru}\n2\n"]));
    let mut lines = client(&server.url()).read_lines().since(1).send().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap(), 1);
    let error = lines.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let shown = format!("{error} {error:?}");
    assert!(shown.contains("invalid JSON") && !shown.contains("key-which-is-secret"), "{shown}");
    assert!(lines.next().await.is_none());
}

#[tokio::test]
async fn a_stream_keeps_its_connection_busy_until_it_is_dropped() {
    let server = Server::start([written(&["abc"]), vec![Act::Stall]].concat());
    let client = builder(&server.url(), &Clock::standing()).max_connections(1).build().unwrap();
    let stream = client.stream_file().send().await.unwrap();
    let mut second = Box::pin(client.stream_file().send());
    let waits = std::future::poll_fn(|context| {
        std::task::Poll::Ready(Pin::new(&mut second).poll(context).is_pending())
    });
    assert!(waits.await);
    assert_eq!(server.state().requests.len(), 1);
    drop(stream);
    second.await.unwrap();
    assert_eq!(server.state().requests.len(), 2);
}

/// A program may keep a stream that it has read to its end.
#[tokio::test]
async fn a_stream_releases_its_connection_at_its_end() {
    let server = Server::start(written(&["abc"]));
    let client = builder(&server.url(), &Clock::standing()).max_connections(1).build().unwrap();
    let mut stream = client.stream_file().send().await.unwrap();
    while let Some(piece) = stream.next().await {
        piece.unwrap();
    }
    client.stream_file().send().await.unwrap();
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn an_error_response_is_an_error_before_the_stream_begins() {
    let body = r#"{"message":"no such file, key-which-is-secret"}"#;
    let server =
        Server::start(vec![Act::Read, Act::Write(response("404 Not Found", &["connection: close"], body))]);
    let error = client(&server.url()).stream_file().send().await.unwrap_err();
    assert_eq!(error.status(), Some(404));
    assert!(error.to_string().contains("no such file, <redacted>"), "{error}");
}

#[test]
fn a_blocking_client_iterates() {
    // The server runs in a separate thread, because the test blocks.
    let (address, handed) = std::sync::mpsc::channel();
    let serving = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let server = Server::start(written(&["1\n", "2\n3"]));
            address.send(server.url()).unwrap();
            server.until(|state| state.accepted == 1).await;
            server.until_all_closed().await;
        });
    });
    let client = declapi::Client::builder(handed.recv().unwrap()).build_blocking().unwrap();
    let lines = client.read_lines().since(1).send().unwrap();
    let values: Result<Vec<Value>, _> = client.iterate(lines).collect();
    assert_eq!(values.unwrap(), [json!(1), json!(2), json!(3)]);
    serving.join().unwrap();
}

#[tokio::test]
async fn iterating_in_async_code_is_an_error_and_not_a_deadlock() {
    let server = Server::start(written(&["1\n"]));
    let client = client(&server.url());
    let blocking = client.to_blocking().unwrap();
    let lines = client.read_lines().since(1).send().await.unwrap();
    let mut lines = blocking.iterate(lines);
    assert_eq!(lines.next().unwrap().unwrap_err().kind(), ErrorKind::Config);
    assert!(lines.next().is_none());
}
