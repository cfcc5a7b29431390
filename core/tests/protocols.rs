//! The versions of HTTP that a client offers in the TLS handshake.
#![cfg(any(feature = "ring", feature = "aws-lc", feature = "native-tls"))]

use std::io::Read;
use std::net::TcpListener;

use declapi::{Client, RetryPolicy, endpoint};

/// Reads the state of a service.
#[endpoint(get = "/health", response = String)]
struct Health;

/// Returns the first message of a client that connects over TLS.
async fn client_hello() -> Vec<u8> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("https://{}", listener.local_addr().unwrap());
    let server = std::thread::spawn(move || {
        let (mut connection, _) = listener.accept().unwrap();
        // Type, version and length of the record.
        let mut header = [0; 5];
        connection.read_exact(&mut header).unwrap();
        let mut message = vec![0; usize::from(u16::from_be_bytes([header[3], header[4]]))];
        connection.read_exact(&mut message).unwrap();
        message
    });
    let client = Client::builder(url).retries(RetryPolicy::never()).build().unwrap();
    client.health().send().await.unwrap_err();
    server.join().unwrap()
}

#[tokio::test]
async fn http2_is_offered_only_with_its_feature() {
    let hello = client_hello().await;
    // The names of protocols follow their lengths (RFC 7301, section 3.1).
    let offers = |name: &[u8]| hello.windows(name.len()).any(|bytes| bytes == name);
    assert_eq!(offers(b"\x02h2\x08http/1.1"), cfg!(feature = "http2"));
    assert_eq!(offers(b"\x02h2"), cfg!(feature = "http2"));
}
