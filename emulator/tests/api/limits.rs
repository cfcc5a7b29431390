//! What no client can do to the emulator: make it wait, grow, or fall over.

use std::{collections::VecDeque, time::Duration};

use serde_json::json;
use stytch_emulator::{Emulator, Limits};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::support::{PASSWORD, Peer};

const CHECK: &str = "/v1/passwords/strength_check";

async fn with(limits: Limits) -> Peer {
    Peer::with(Emulator::builder().strict(true).limits(limits)).await
}

async fn connect(peer: &Peer) -> TcpStream {
    let address = peer.emulator.base_url().strip_prefix("http://").expect("an address");
    TcpStream::connect(address).await.expect("a connection")
}

/// Sends bytes, and reads until the emulator closes the connection.
async fn say(peer: &Peer, bytes: &[u8]) -> String {
    let mut stream = connect(peer).await;
    // The emulator may close before it has read everything.
    let _ = stream.write_all(bytes).await;
    rest(&mut stream).await
}

async fn rest(stream: &mut TcpStream) -> String {
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8_lossy(&answer).into_owned()
}

fn head(extra: &str) -> String {
    format!("POST {CHECK} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n{extra}\r\n")
}

async fn is_well(peer: &Peer) {
    peer.post(CHECK, json!({ "password": PASSWORD })).await.ok();
}

#[tokio::test]
async fn a_head_that_does_not_end() {
    let peer = with(Limits::default().head_deadline(Duration::from_millis(100))).await;
    assert_eq!(say(&peer, b"").await, "", "an idle connection is closed");
    say(&peer, b"POST /v1/passwords HTTP/1.1\r\nhost: loc").await;
    let long = format!("GET / HTTP/1.1\r\nx: {}", "a".repeat(200_000));
    say(&peer, long.as_bytes()).await;
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(500));
    assert!(say(&peer, many.as_bytes()).await.starts_with("HTTP/1.1 431 "));
    is_well(&peer).await;
}

#[tokio::test]
async fn a_body_that_does_not_end() {
    let peer = with(Limits::default().body_deadline(Duration::from_millis(100))).await;
    let answer = say(&peer, format!("{}{{\"pass", head("content-length: 100\r\n")).as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 408 ") && answer.contains("\"request_timeout\""), "{answer}");
    let answer =
        say(&peer, format!("{}5\r\n{{\"pas", head("transfer-encoding: chunked\r\n")).as_bytes()).await;
    assert!(answer.starts_with("HTTP/1.1 408 "), "{answer}");
    is_well(&peer).await;
}

#[tokio::test]
async fn a_body_that_is_too_large() {
    let peer = with(Limits::default().body_bytes(1000)).await;
    let body = "x".repeat(200_000);
    let declared = format!("{}{body}", head("content-length: 200000\r\n"));
    let chunked =
        format!("{}{:x}\r\n{body}\r\n0\r\n\r\n", head("transfer-encoding: chunked\r\n"), body.len());
    for request in [declared, chunked] {
        let answer = say(&peer, request.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
        assert!(answer.contains("The body is larger than 1000 bytes."), "{answer}");
    }
    // Who asks before sending is told at once.
    let mut stream = connect(&peer).await;
    let asks = head("content-length: 200000\r\nexpect: 100-continue\r\n");
    stream.write_all(asks.as_bytes()).await.expect("a head");
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 413 "));
    let exactly = json!({ "password": "x".repeat(1000 - "{\"password\":\"\"}".len()) });
    peer.post(CHECK, exactly).await.ok();
}

#[tokio::test]
async fn requests_that_are_no_http() {
    let peer = with(Limits::default().head_deadline(Duration::from_millis(300))).await;
    let zero = head("content-length: -1\r\n");
    let two = head("content-length: 1\r\ncontent-length: 2\r\n");
    let both = format!("{}0\r\n\r\n", head("content-length: 5\r\ntransfer-encoding: chunked\r\n"));
    let bad_chunk = format!("{}zz\r\n", head("transfer-encoding: chunked\r\n"));
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nhost: a\r\n\r\n",
        b"CONNECT example.com:80 HTTP/1.1\r\nhost: a\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n",
        zero.as_bytes(),
        two.as_bytes(),
        both.as_bytes(),
        bad_chunk.as_bytes(),
    ] {
        let answer = say(&peer, bytes).await;
        let refused = answer.is_empty() || answer.starts_with("HTTP/1.1 4");
        assert!(refused, "{:?}: {answer}", String::from_utf8_lossy(bytes));
    }
    is_well(&peer).await;
}

#[tokio::test]
async fn http_as_few_speak_it() {
    let peer = with(Limits::default().head_deadline(Duration::from_millis(300))).await;
    let old = say(&peer, b"GET /_emulator/health HTTP/1.0\r\n\r\n").await;
    assert!(old.starts_with("HTTP/1.0 200 ") && old.contains("\"status\":\"ok\""), "{old}");
    let whole = b"GET http://example.com/_emulator/health HTTP/1.1\r\nhost: a\r\n\r\n";
    assert!(say(&peer, whole).await.starts_with("HTTP/1.1 200 "));
    let answer = say(&peer, b"HEAD /_emulator/health HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(
        answer.starts_with("HTTP/1.1 405 ") && answer.ends_with("\r\n\r\n"),
        "a HEAD has no body: {answer}"
    );
    let answer = say(&peer, b"OPTIONS /v1/passwords HTTP/1.1\r\nhost: a\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 405 ") && answer.contains("\r\nallow: POST\r\n"), "{answer}");

    // All at once, and answered in their order.
    let body = json!({ "advance_seconds": 0 }).to_string();
    let (begin, end) = body.split_at(5);
    let chunks =
        format!("{:x}\r\n{begin}\r\n{:x};x=y\r\n{end}\r\n0\r\na: trailer\r\n\r\n", begin.len(), end.len());
    let mut pipelined = b"GET /_emulator/health HTTP/1.1\r\nhost: a\r\n\r\n".repeat(20);
    pipelined.extend(b"GET /nowhere HTTP/1.1\r\nhost: a\r\n\r\n");
    pipelined.extend(b"POST /_emulator/clock HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n");
    pipelined.extend(format!("transfer-encoding: chunked\r\nconnection: close\r\n\r\n{chunks}").as_bytes());
    let answers = say(&peer, &pipelined).await;
    let statuses: Vec<_> = answers.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]).collect();
    assert_eq!(statuses, [["200"; 20].as_slice(), &["404", "200"]].concat());
    assert!(answers.rsplit("HTTP/1.1 ").next().is_some_and(|last| last.contains("\"now\":")), "{answers}");
}

#[tokio::test]
async fn thousands_of_idle_connections() {
    let peer = with(Limits::default().connections(16)).await;
    let mut idle = VecDeque::new();
    for _ in 0..3000 {
        idle.push_back(connect(&peer).await);
        // Those that had to go are seen to be gone, before this process runs out of file descriptors.
        if idle.len() > 100 {
            assert_eq!(rest(&mut idle.pop_front().expect("a connection")).await, "");
        }
    }
    is_well(&peer).await;
    let mut last = idle.pop_back().expect("a connection");
    let body = json!({ "password": PASSWORD }).to_string();
    let request =
        format!("{}{body}", head(&format!("connection: close\r\ncontent-length: {}\r\n", body.len())));
    last.write_all(request.as_bytes()).await.expect("it is open");
    assert!(rest(&mut last).await.starts_with("HTTP/1.1 401 "));
}

#[tokio::test]
async fn the_busy_are_not_turned_out() {
    let peer = with(Limits::default().connections(2)).await;
    let body = json!({ "password": PASSWORD }).to_string();
    let (first_half, second_half) = body.split_at(10);
    let mut busy = connect(&peer).await;
    let begin =
        head(&format!("connection: close\r\nexpect: 100-continue\r\ncontent-length: {}\r\n", body.len()));
    busy.write_all(begin.as_bytes()).await.expect("it is open");
    // The word to go on shows that the emulator is at work on it.
    let mut word = [0; 25];
    busy.read_exact(&mut word).await.expect("a word");
    assert_eq!(&word, b"HTTP/1.1 100 Continue\r\n\r\n");
    busy.write_all(first_half.as_bytes()).await.expect("it is open");
    let whole =
        format!("{}{body}", head(&format!("connection: close\r\ncontent-length: {}\r\n", body.len())));
    for _ in 0..50 {
        connect(&peer).await;
        assert!(say(&peer, whole.as_bytes()).await.starts_with("HTTP/1.1 401 "));
    }
    busy.write_all(second_half.as_bytes()).await.expect("it is open");
    assert!(rest(&mut busy).await.starts_with("HTTP/1.1 401 "));
}

#[tokio::test]
async fn a_client_that_does_not_read() {
    let peer = with(Limits::default().write_deadline(Duration::from_millis(200)).connections(1)).await;
    for _ in 0..15 {
        peer.post(CHECK, json!({ "password": "x".repeat(1_000_000) })).await.ok();
    }
    let mut stream = connect(&peer).await;
    let request = b"GET /_emulator/requests HTTP/1.1\r\nhost: a\r\n\r\n";
    stream.write_all(request).await.expect("it is open");
    let mut first = [0; 1];
    stream.read_exact(&mut first).await.expect("an answer begins");
    // There is one place, it is taken, and it becomes free because the client does not go on reading.
    loop {
        let request = peer.request(reqwest::Method::GET, "/_emulator/health").send().await;
        if request.is_ok_and(|answer| answer.status() == 200) {
            break;
        }
    }
    let answer = rest(&mut stream).await;
    assert!(answer.len() < 15_000_000, "{} bytes arrived", answer.len());
}

#[tokio::test]
async fn a_shutdown_lets_requests_finish_and_closes_the_rest() {
    let peer = with(Limits::default()).await;
    let mut idle = connect(&peer).await;
    peer.emulator.fail_next(stytch_emulator::Fault::latency(Duration::from_millis(100)));
    let body = json!({ "password": PASSWORD }).to_string();
    let mut busy = connect(&peer).await;
    let begin = head(&format!("expect: 100-continue\r\ncontent-length: {}\r\n", body.len()));
    busy.write_all(begin.as_bytes()).await.expect("it is open");
    let mut word = [0; 25];
    busy.read_exact(&mut word).await.expect("a word");
    busy.write_all(body.as_bytes()).await.expect("it is open");
    let address = peer.emulator.base_url().strip_prefix("http://").expect("an address").to_owned();
    peer.emulator.shutdown().await;
    assert!(rest(&mut busy).await.starts_with("HTTP/1.1 401 "));
    assert_eq!(rest(&mut idle).await, "");
    TcpStream::connect(address).await.expect_err("nobody listens any more");
}

#[tokio::test]
async fn dropping_the_handle_stops_it() {
    let peer = with(Limits::default()).await;
    let mut idle = connect(&peer).await;
    let address = peer.emulator.base_url().strip_prefix("http://").expect("an address").to_owned();
    drop(peer);
    assert_eq!(rest(&mut idle).await, "");
    TcpStream::connect(address).await.expect_err("nobody listens any more");
}
