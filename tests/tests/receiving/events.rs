//! Server-sent events, as the HTML standard says.

use std::time::Duration;

use declapi::{ApiClient, Client, Error, ErrorKind, Event, Events, JsonLines, Text, endpoint, http};
use serde::Deserialize;
use stytch_client_tests::server::{Act, Server};

use crate::{builder, client};

#[derive(Debug, Deserialize, PartialEq)]
struct Delta {
    text: String,
}

#[endpoint(post = "/chat", response = Events<Delta>, body("stream" = true))]
struct Chat<'a> {
    prompt: &'a str,
}

#[endpoint(get = "/raw", response = Events)]
struct Raw;

/// Returns name, id and data of all events in a stream.
async fn read(text: &str) -> Result<Vec<(String, String, String)>, Error> {
    let mut events = Client::read(&Raw::builder().build(), http::Response::new(text.to_owned().into()))?;
    let mut all = Vec::new();
    while let Some(event) = events.next().await {
        let Event { name, id, data: Text(data), .. } = event?;
        all.push((name, id, data));
    }
    assert!(events.next().await.is_none(), "the end is final: {text:?}");
    Ok(all)
}

fn event(name: &str, id: &str, data: &str) -> (String, String, String) {
    (name.to_owned(), id.to_owned(), data.to_owned())
}

#[tokio::test]
async fn fields_are_read_as_the_standard_says() {
    for (text, events) in [
        ("", vec![]),
        ("data: a\n\n", vec![event("", "", "a")]),
        ("data: a", vec![]),
        ("data: a\n", vec![]),
        ("data:a\ndata: b\ndata\n\n", vec![event("", "", "a\nb\n")]),
        ("data:  a\n\n", vec![event("", "", " a")]),
        ("data\n\ndata\ndata\n\ndata:", vec![event("", "", ""), event("", "", "\n")]),
        (": comment\n\nevent: e\n\ndata: a\n\n", vec![event("", "", "a")]),
        ("event: e\nid: 1\ndata: a\n\ndata: b\n\n", vec![event("e", "1", "a"), event("", "1", "b")]),
        ("id: 1\nid\ndata: a\n\nid: 2\0\ndata: b\n\n", vec![event("", "", "a"), event("", "", "b")]),
        (
            "data: a\r\n\r\ndata: b\r\rdata: c\n\r\n",
            vec![event("", "", "a"), event("", "", "b"), event("", "", "c")],
        ),
        ("\u{feff}data: a\n\n\u{feff}data: b\n\n", vec![event("", "", "a")]),
        ("other: x\nDATA: y\ndata: a\n\n", vec![event("", "", "a")]),
        ("data: a\n\ndata: [DONE]\n\ndata: b\n\n", vec![event("", "", "a")]),
        ("event: e\nretry: 1\nid: 1\n\ndata: a\n\n", vec![event("", "1", "a")]),
        (
            "event: long\ndata: longer\n\nevent: e\ndata: a\n\n",
            vec![event("long", "", "longer"), event("e", "", "a")],
        ),
        ("id: longer\ndata: a\n\nid: 1\ndata: b\n\n", vec![event("", "longer", "a"), event("", "1", "b")]),
        ("\r\n\r\n\n\r\rdata: a\r\n\r", vec![event("", "", "a")]),
        (":\n:\u{feff}\n\ndata: \u{1F600}\u{feff}\n\n", vec![event("", "", "\u{1F600}\u{feff}")]),
    ] {
        assert_eq!(read(text).await.unwrap(), events, "{text:?}");
    }
}

#[tokio::test]
async fn bytes_that_are_not_text_are_replaced_in_any_pieces() {
    let body = b"event: \xff\ndata: \xe2\x82\xac\xe2\x82 b\xf0\x9f\n\ndata: \xf0\x9f\x98\x80\xc3\n\n";
    for size in 1..=body.len() {
        // Every chunk arrives separately, even if they are written together.
        let chunk = |bytes: &[u8]| [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat();
        let mut script = vec![Act::Read];
        script.push(Act::Write(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n".into()));
        script.push(Act::Write(body.chunks(size).chain([&b""[..]]).flat_map(chunk).collect()));
        let server = Server::start(script);
        let mut events = client(&server.url()).raw().send().await.unwrap();
        let first = events.next().await.unwrap().unwrap();
        let (name, data) = (&*first.name, &*first.data.0);
        assert_eq!((name, data), ("\u{fffd}", "\u{20ac}\u{fffd} b\u{fffd}"), "pieces of {size}");
        let second = events.next().await.unwrap().unwrap();
        assert_eq!(second.data.0, "\u{1F600}\u{fffd}", "pieces of {size}");
        assert!(events.next().await.is_none());
    }
}

/// An API sends its error with the status 200, or a proxy sends a page.
#[tokio::test]
async fn a_body_of_another_kind_is_an_error_and_not_a_stream_without_events() {
    for body in
        [r#"{"error":{"message":"secret-word"}}"#, "<!doctype html>\n<p>secret-word</p>\n", "secret-word"]
    {
        let mut events = Client::read(&Raw::builder().build(), http::Response::new(body.into())).unwrap();
        let error = events.next().await.unwrap().unwrap_err();
        assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(200)), "{body}");
        assert!(
            error.to_string().starts_with("GET /raw: 200 with a body that is not a stream of events"),
            "{error}"
        );
        assert!(!format!("{error} {error:?}").contains("secret-word"), "{error:?}");
        assert!(events.next().await.is_none(), "{body}");
    }
    // Fields that are not known yet are ignored.
    assert_eq!(read(": hello\nnew: field\n\n").await.unwrap(), []);
}

#[tokio::test]
async fn a_server_may_ask_to_wait() {
    let text = "retry: 1500\ndata: a\n\nretry: 1s\ndata: b\n\n";
    let mut events = Client::read(&Raw::builder().build(), http::Response::new(text.into())).unwrap();
    assert_eq!(events.next().await.unwrap().unwrap().retry, Some(Duration::from_millis(1500)));
    assert_eq!(events.next().await.unwrap().unwrap().retry, None);
}

#[tokio::test]
async fn events_come_in_any_pieces() {
    let text =
        "event: delta\r\ndata: {\"text\":\"\u{1F600}\"}\r\n\r\ndata: {\"text\":\"b\"}\r\rdata: [DONE]\n\n";
    for size in 1..text.len() {
        let mut script = vec![
            Act::Read,
            Act::Write(
                b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n".into(),
            ),
        ];
        script.extend(text.as_bytes().chunks(size).map(|piece| Act::Write(piece.to_vec())));
        let server = Server::start(script);
        let mut events = client(&server.url()).chat().prompt("p").send().await.unwrap();
        let first = events.next().await.unwrap().unwrap();
        assert_eq!((&*first.name, &*first.data.text), ("delta", "\u{1F600}"));
        assert_eq!(events.next().await.unwrap().unwrap().data.text, "b");
        assert!(events.next().await.is_none());
        let request = server.state().requests.remove(0);
        assert_eq!(request.body, br#"{"prompt":"p","stream":true}"#);
        assert!(request.headers.contains("accept: text/event-stream"), "{}", request.headers);
    }
}

#[tokio::test]
async fn data_that_does_not_fit_ends_the_stream() {
    let text = "data: {\"text\":1}\n\ndata: {\"text\":\"b\"}\n\n";
    let chat = Chat::builder().prompt("p").build();
    let mut events = Client::read(&chat, http::Response::new(text.into())).unwrap();
    let error = events.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("POST /chat: 200 with an unreadable body: at `text`"), "{error}");
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn the_data_of_an_event_has_a_size_limit() {
    let long = format!("data: {}\n", "x".repeat(30)).repeat(2) + "\n";
    let server = Server::start(vec![
        Act::Read,
        Act::Write(b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".into()),
        Act::Write(long.into_bytes()),
    ]);
    let clock = stytch_client_tests::clock::Clock::standing();
    let client = builder(&server.url(), &clock).max_response_bytes(50).build().unwrap();
    let error = client.raw().send().await.unwrap().next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("200 with the data of an event over 50 bytes"), "{error}");
}

#[tokio::test]
async fn any_endpoint_can_be_read_as_a_stream() {
    let server = Server::start(vec![
        Act::Read,
        Act::Write(
            b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n{\"text\":\"a\"}\n{\"text\":\"b\"}\n".into(),
        ),
    ]);
    let mut lines = client(&server.url()).raw().send_as::<JsonLines<Delta>>().await.unwrap();
    assert_eq!(lines.next().await.unwrap().unwrap().text, "a");
    assert_eq!(lines.next().await.unwrap().unwrap().text, "b");
}
