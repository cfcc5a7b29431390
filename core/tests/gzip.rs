//! Tests that compressed responses are requested and decompressed.
#![cfg(feature = "gzip")]

use std::io::{Read, Write};
use std::net::TcpListener;

use declapi::{Client, endpoint};

/// Reads the state of a service.
#[endpoint(get = "/health", response = String)]
struct Health;

/// `"up"`, compressed with gzip.
const COMPRESSED: [u8; 24] =
    [31, 139, 8, 0, 0, 0, 0, 0, 2, 3, 83, 42, 45, 80, 2, 0, 0, 42, 26, 131, 4, 0, 0, 0];

#[tokio::test]
async fn a_compressed_response_is_requested_and_unpacked() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        let mut request = [0; 4096];
        let length = connection.read(&mut request).unwrap();
        let head = format!(
            "HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: {}\r\n\r\n",
            COMPRESSED.len()
        );
        connection.write_all(head.as_bytes()).unwrap();
        connection.write_all(&COMPRESSED).unwrap();
        String::from_utf8_lossy(&request[..length]).to_lowercase()
    });
    let client = Client::builder(url).build().unwrap();
    assert_eq!(client.health().send().await.unwrap(), "up");
    let request = server.join().unwrap();
    assert!(request.contains("accept-encoding: gzip\r\n"), "{request}");
}
