//! The memory of a client, which does not depend on the number of its calls.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;

use peak_alloc::PeakAlloc;
use stytch_client::Client;
use stytch_client_tests::calls::client_of;
use stytch_client_tests::deadline::Deadline;
use stytch_client_tests::http;
use stytch_client_tests::http2::Http2Server;
use stytch_client_tests::server::success;
use tokio::task::JoinSet;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// The number of calls at the same time.
const LANES: usize = 50;
/// The number of calls until all connections exist and their buffers have grown.
const BEFORE: usize = 2_000;
const CALLS: usize = 10_000;
/// Less than half a byte per call.
const TOLERANCE: usize = 4096;

const RESPONSE: &str = r#"{"valid_password":true,"request_id":"request-id-test-1"}"#;

/// Makes calls, some of them at the same time. Returns the allocated bytes after them.
async fn after(calls: usize, client: &Client) -> usize {
    let mut lanes = JoinSet::new();
    for _ in 0..LANES {
        let client = client.clone();
        lanes.spawn(async move {
            for _ in 0..calls / LANES {
                client.passwords().strength_check().password("x").send().await.unwrap();
            }
        });
    }
    while let Some(outcome) = lanes.join_next().await {
        outcome.unwrap();
    }
    drop(lanes);
    // The tasks of the connections become idle.
    for _ in 0..1000 {
        tokio::task::yield_now().await;
    }
    MEMORY.current_usage()
}

/// Starts a server for HTTP/1.1, none of whose connections allocates memory for a call.
fn start_http1(response: Vec<u8>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (stream, response) = (stream.unwrap(), response.clone());
            thread::spawn(move || respond(stream, &response));
        }
    });
    address
}

/// Responds to every request, each of which arrives in one piece.
fn respond(mut stream: TcpStream, response: &[u8]) {
    let mut request = [0; 16 * 1024];
    while stream.read(&mut request).is_ok_and(|length| length > 0) {
        stream.write_all(response).unwrap();
    }
}

// One test, so that no other test allocates while the memory is measured.
#[tokio::test]
async fn ten_thousand_calls_leave_nothing() {
    let _deadline = Deadline::start();
    let http1 = start_http1(success(RESPONSE));
    let http2 = Http2Server::start(RESPONSE, 1).await;
    let over_http2 = http::client().http2_prior_knowledge().build().unwrap();
    for (name, client) in [
        ("HTTP/1.1", client_of(format!("http://{http1}"))),
        ("HTTP/2", client_of(format!("http://{}", http2.address())).http_client(over_http2)),
    ] {
        let client = client.build().unwrap();
        let before = after(BEFORE, &client).await;
        let now = after(CALLS, &client).await;
        assert!(now <= before + TOLERANCE, "{name}: {CALLS} calls keep {} bytes", now - before);
    }
    assert_eq!(http2.calls(), BEFORE + CALLS);
}
