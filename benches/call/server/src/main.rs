//! Responds to the two endpoints with constant bytes, on kept-alive connections.
//!
//! Prints its port. `RESPONSE_DELAY_MS` delays every response, so that a client under callgrind always waits for it.
//! Otherwise the response would sometimes be there at once, and the client would need fewer instructions in these
//! cases.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

use harness::inputs::{AUTHENTICATE, MIGRATE};

fn main() {
    let delay = std::env::var("RESPONSE_DELAY_MS").ok().and_then(|text| text.parse().ok());
    let delay = delay.map(Duration::from_millis);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    println!("{}", listener.local_addr().expect("an address").port());
    for stream in listener.incoming().flatten() {
        thread::spawn(move || serve(stream, delay));
    }
}

fn serve(mut stream: TcpStream, delay: Option<Duration>) {
    stream.set_nodelay(true).expect("TCP has it");
    let (authenticate, migrate) = (response(AUTHENTICATE), response(MIGRATE));
    let mut held = Vec::new();
    let mut chunk = [0; 16 * 1024];
    loop {
        while let Some(length) = whole_request(&held) {
            let is_migrate = held.starts_with(b"POST /v1/passwords/migrate ");
            assert!(is_migrate || held.starts_with(b"POST /v1/passwords/authenticate "), "unknown path");
            held.drain(..length);
            if let Some(delay) = delay {
                thread::sleep(delay);
            }
            if stream.write_all(if is_migrate { &migrate } else { &authenticate }).is_err() {
                return;
            }
        }
        match stream.read(&mut chunk) {
            Ok(0) | Err(_) => return,
            Ok(read) => held.extend_from_slice(&chunk[..read]),
        }
    }
}

/// Returns the length of the first request, if it is complete.
fn whole_request(held: &[u8]) -> Option<usize> {
    let headers = held.windows(4).position(|window| window == b"\r\n\r\n")? + 4;
    let text = std::str::from_utf8(&held[..headers]).expect("ASCII headers").to_ascii_lowercase();
    let length = text.lines().find_map(|line| line.strip_prefix("content-length: "));
    let body: usize = length.map_or(0, |length| length.trim().parse().expect("a length"));
    (held.len() >= headers + body).then_some(headers + body)
}

fn response(body: &str) -> Vec<u8> {
    format!(
        "HTTP/1.1 200 OK\r\n\
         date: Sun, 22 Nov 2026 10:00:00 GMT\r\n\
         content-type: application/json\r\n\
         content-length: {}\r\n\
         strict-transport-security: max-age=31536000; includeSubDomains\r\n\
         x-request-id: request-id-test-7d1c6b8e-3f0c-4a51-93c4-2f4e0b2a6f11\r\n\
         \r\n{body}",
        body.len()
    )
    .into_bytes()
}
