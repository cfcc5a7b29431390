//! Size limits, timeouts and malformed requests: no client can block the emulator or use up its memory.

use std::{collections::VecDeque, time::Duration};

use serde_json::json;
use stytch_emulator::{Emulator, Limits};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
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

/// Sends bytes on a new connection, and reads until the emulator closes it.
async fn send(peer: &Peer, bytes: &[u8]) -> String {
    let mut stream = connect(peer).await;
    // The emulator may close before it has read everything.
    let _ = stream.write_all(bytes).await;
    rest(&mut stream).await
}

/// Reads until the emulator closes the connection.
async fn rest(stream: &mut TcpStream) -> String {
    let mut response = Vec::new();
    let read = stream.read_to_end(&mut response);
    let _ = timeout(Duration::from_secs(300), read).await.expect("the connection ends");
    String::from_utf8_lossy(&response).into_owned()
}

fn headers(extra: &str) -> String {
    format!("POST {CHECK} HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n{extra}\r\n")
}

async fn works(peer: &Peer) {
    peer.post(CHECK, json!({ "password": PASSWORD })).await.ok();
}

#[tokio::test]
async fn a_connection_whose_headers_do_not_end_is_closed() {
    let peer = with(Limits::default().head_deadline(Duration::from_millis(100))).await;
    assert_eq!(send(&peer, b"").await, "", "an idle connection must be closed without a response");
    assert_eq!(send(&peer, b"POST /v1/passwords HTTP/1.1\r\nhost: loc").await, "");
    let long = format!("GET / HTTP/1.1\r\nx: {}", "a".repeat(200_000));
    assert!(send(&peer, long.as_bytes()).await.starts_with("HTTP/1.1 431 "));
    let many = format!("GET / HTTP/1.1\r\n{}\r\n", "a: b\r\n".repeat(500));
    assert!(send(&peer, many.as_bytes()).await.starts_with("HTTP/1.1 431 "));
    works(&peer).await;
}

#[tokio::test]
async fn a_body_that_does_not_end_is_rejected() {
    let peer = with(Limits::default().body_deadline(Duration::from_millis(100))).await;
    let response = send(&peer, format!("{}{{\"pass", headers("content-length: 100\r\n")).as_bytes()).await;
    assert!(response.starts_with("HTTP/1.1 408 ") && response.contains("\"request_timeout\""), "{response}");
    let response =
        send(&peer, format!("{}5\r\n{{\"pas", headers("transfer-encoding: chunked\r\n")).as_bytes()).await;
    assert!(response.starts_with("HTTP/1.1 408 "), "{response}");
    works(&peer).await;
}

#[tokio::test]
async fn a_body_that_is_too_large_is_rejected() {
    let peer = with(Limits::default().body_bytes(1000)).await;
    let body = "x".repeat(200_000);
    let declared = format!("{}{body}", headers("content-length: 200000\r\n"));
    let chunked =
        format!("{}{:x}\r\n{body}\r\n0\r\n\r\n", headers("transfer-encoding: chunked\r\n"), body.len());
    for request in [declared, chunked] {
        let response = send(&peer, request.as_bytes()).await;
        assert!(response.starts_with("HTTP/1.1 413 "), "{response}");
        assert!(response.contains("The body is larger than 1000 bytes."), "{response}");
    }
    // A client that waits for `100 Continue` gets the error immediately.
    let mut stream = connect(&peer).await;
    let asks = headers("content-length: 200000\r\nexpect: 100-continue\r\n");
    stream.write_all(asks.as_bytes()).await.expect("an open connection");
    assert!(rest(&mut stream).await.starts_with("HTTP/1.1 413 "));
    let exactly = json!({ "password": "x".repeat(1000 - "{\"password\":\"\"}".len()) });
    peer.post(CHECK, exactly).await.ok();
}

#[tokio::test]
async fn malformed_requests_are_rejected() {
    let peer = with(Limits::default().head_deadline(Duration::from_millis(300))).await;
    let negative = headers("content-length: -1\r\n");
    let two = headers("content-length: 1\r\ncontent-length: 2\r\n");
    let both = format!("{}0\r\n\r\n", headers("content-length: 5\r\ntransfer-encoding: chunked\r\n"));
    let bad_chunk = format!("{}zz\r\n", headers("transfer-encoding: chunked\r\n"));
    for bytes in [
        &b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"[..],
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET / HTTP/9.9\r\n\r\n",
        b"GET\r\n\r\n",
        b"\0\0\0\0\r\n\r\n",
        b"GET / HTTP/1.1\r\nno colon\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"CONNECT example.com:80 HTTP/1.1\r\nhost: localhost\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nhost: localhost\r\n\r\n",
        negative.as_bytes(),
        two.as_bytes(),
        both.as_bytes(),
        bad_chunk.as_bytes(),
    ] {
        let response = send(&peer, bytes).await;
        let rejected = response.is_empty() || response.starts_with("HTTP/1.1 4");
        assert!(rejected, "{:?}: {response}", String::from_utf8_lossy(bytes));
    }
    works(&peer).await;
}

#[tokio::test]
async fn rare_forms_of_http_are_supported() {
    let peer = with(Limits::default().head_deadline(Duration::from_millis(300))).await;
    let old = send(&peer, b"GET /_emulator/health HTTP/1.0\r\n\r\n").await;
    assert!(old.starts_with("HTTP/1.0 200 ") && old.contains("\"status\":\"ok\""), "{old}");
    let whole = b"GET http://localhost/_emulator/health HTTP/1.1\r\nhost: localhost\r\n\r\n";
    assert!(send(&peer, whole).await.starts_with("HTTP/1.1 200 "));
    let response = send(&peer, b"HEAD /_emulator/health HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    assert!(
        response.starts_with("HTTP/1.1 200 ") && response.ends_with("\r\n\r\n"),
        "the response to a HEAD request must have no body: {response}"
    );
    let response = send(&peer, b"OPTIONS /v1/passwords HTTP/1.1\r\nhost: localhost\r\n\r\n").await;
    assert!(response.starts_with("HTTP/1.1 405 ") && response.contains("\r\nallow: POST\r\n"), "{response}");

    // Pipelined requests get their responses in order.
    let body = json!({ "advance_seconds": 0 }).to_string();
    let (begin, end) = body.split_at(5);
    let chunks =
        format!("{:x}\r\n{begin}\r\n{:x};x=y\r\n{end}\r\n0\r\na: trailer\r\n\r\n", begin.len(), end.len());
    let mut pipelined = b"GET /_emulator/health HTTP/1.1\r\nhost: localhost\r\n\r\n".repeat(20);
    pipelined.extend(b"GET /nowhere HTTP/1.1\r\nhost: localhost\r\n\r\n");
    pipelined
        .extend(b"POST /_emulator/clock HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n");
    pipelined.extend(format!("transfer-encoding: chunked\r\nconnection: close\r\n\r\n{chunks}").as_bytes());
    let responses = send(&peer, &pipelined).await;
    let statuses: Vec<_> = responses.split("HTTP/1.1 ").skip(1).map(|response| &response[..3]).collect();
    assert_eq!(statuses, [["200"; 20].as_slice(), &["404", "200"]].concat());
    assert!(
        responses.rsplit("HTTP/1.1 ").next().is_some_and(|last| last.contains("\"now\":")),
        "{responses}"
    );
}

#[tokio::test]
async fn idle_connections_are_closed_if_new_ones_need_their_slots() {
    let peer = with(Limits::default().connections(16)).await;
    let mut idle = VecDeque::new();
    for _ in 0..3000 {
        idle.push_back(connect(&peer).await);
        // Reads the end of the evicted connections before this process runs out of file descriptors.
        if idle.len() > 100 {
            assert_eq!(rest(&mut idle.pop_front().expect("a connection")).await, "");
        }
    }
    works(&peer).await;
    let mut last = idle.pop_back().expect("a connection");
    let body = json!({ "password": PASSWORD }).to_string();
    let request =
        format!("{}{body}", headers(&format!("connection: close\r\ncontent-length: {}\r\n", body.len())));
    last.write_all(request.as_bytes()).await.expect("an open connection");
    assert!(rest(&mut last).await.starts_with("HTTP/1.1 401 "));
}

#[tokio::test]
async fn busy_connections_are_not_closed() {
    let peer = with(Limits::default().connections(2)).await;
    let body = json!({ "password": PASSWORD }).to_string();
    let (first_half, second_half) = body.split_at(10);
    let mut busy = connect(&peer).await;
    let begin =
        headers(&format!("connection: close\r\nexpect: 100-continue\r\ncontent-length: {}\r\n", body.len()));
    busy.write_all(begin.as_bytes()).await.expect("an open connection");
    // `100 Continue` shows that the emulator has received the headers.
    let mut interim = [0; 25];
    busy.read_exact(&mut interim).await.expect("an interim response");
    assert_eq!(&interim, b"HTTP/1.1 100 Continue\r\n\r\n");
    busy.write_all(first_half.as_bytes()).await.expect("an open connection");
    let whole =
        format!("{}{body}", headers(&format!("connection: close\r\ncontent-length: {}\r\n", body.len())));
    for _ in 0..50 {
        connect(&peer).await;
        assert!(send(&peer, whole.as_bytes()).await.starts_with("HTTP/1.1 401 "));
    }
    busy.write_all(second_half.as_bytes()).await.expect("an open connection");
    assert!(rest(&mut busy).await.starts_with("HTTP/1.1 401 "));
}

#[tokio::test]
async fn a_client_that_does_not_read_is_disconnected() {
    let peer = with(Limits::default().write_deadline(Duration::from_millis(200)).connections(1)).await;
    for _ in 0..15 {
        peer.post(CHECK, json!({ "password": "x".repeat(1_000_000) })).await.ok();
    }
    let mut stream = connect(&peer).await;
    let request = b"GET /_emulator/requests HTTP/1.1\r\nhost: localhost\r\n\r\n";
    stream.write_all(request).await.expect("an open connection");
    let mut first = [0; 1];
    stream.read_exact(&mut first).await.expect("a response begins");
    // There is one slot. It becomes free because the client stops reading.
    let works_again = async {
        loop {
            let request = peer.request(reqwest::Method::GET, "/_emulator/health").send().await;
            if request.is_ok_and(|response| response.status() == 200) {
                break;
            }
        }
    };
    timeout(Duration::from_secs(60), works_again).await.expect("a free slot");
    let response = rest(&mut stream).await;
    assert!(response.len() < 15_000_000, "{} bytes arrived", response.len());
}

#[tokio::test]
async fn a_shutdown_waits_for_requests_and_closes_idle_connections() {
    let peer = with(Limits::default()).await;
    let mut idle = connect(&peer).await;
    peer.emulator
        .fail_next(stytch_emulator::Fault::latency(Duration::from_millis(100)))
        .expect("a valid fault");
    let body = json!({ "password": PASSWORD }).to_string();
    let mut busy = connect(&peer).await;
    let begin = headers(&format!("expect: 100-continue\r\ncontent-length: {}\r\n", body.len()));
    busy.write_all(begin.as_bytes()).await.expect("an open connection");
    let mut interim = [0; 25];
    busy.read_exact(&mut interim).await.expect("an interim response");
    busy.write_all(body.as_bytes()).await.expect("an open connection");
    let address = peer.emulator.base_url().strip_prefix("http://").expect("an address").to_owned();
    peer.emulator.shutdown().await;
    assert!(rest(&mut busy).await.starts_with("HTTP/1.1 401 "));
    assert_eq!(rest(&mut idle).await, "");
    TcpStream::connect(address).await.expect_err("the port is closed");
}

#[tokio::test]
async fn dropping_the_emulator_stops_it() {
    let peer = with(Limits::default()).await;
    let mut idle = connect(&peer).await;
    let address = peer.emulator.base_url().strip_prefix("http://").expect("an address").to_owned();
    drop(peer);
    assert_eq!(rest(&mut idle).await, "");
    TcpStream::connect(address).await.expect_err("the port is closed");
}
