//! Tests servers that do not speak HTTP, TLS or the protocol of a proxy correctly: the error names the problem, and
//! useless retries are not made.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use declapi::{Client, Error, ErrorKind, endpoint};

/// Reads a thing.
#[endpoint(get = "/things/{id}", response = String, idempotent)]
struct GetThing {
    id: u64,
}

/// A server on loopback that counts its connections.
struct Server {
    address: SocketAddr,
    connections: Arc<AtomicU32>,
}

impl Server {
    /// Serves each connection with a function, one after the other.
    fn start(serve: impl Fn(TcpStream) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let (address, connections) = (listener.local_addr().unwrap(), Arc::new(AtomicU32::new(0)));
        let counted = Arc::clone(&connections);
        std::thread::spawn(move || {
            for connection in listener.incoming() {
                counted.fetch_add(1, Ordering::Relaxed);
                serve(connection.unwrap());
            }
        });
        Self { address, connections }
    }

    /// Sends these bytes when the request has arrived.
    fn sending(bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self::start(move |mut connection| {
            read_request(&mut connection);
            // A client that has read enough closes the connection.
            let _ = connection.write_all(&bytes);
        })
    }

    fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    fn connections(&self) -> u32 {
        self.connections.load(Ordering::Relaxed)
    }
}

/// Reads up to the end of the headers.
fn read_request(connection: &mut TcpStream) {
    let (mut read, mut byte) = (Vec::new(), [0]);
    while !read.ends_with(b"\r\n\r\n") && connection.read(&mut byte).unwrap_or(0) == 1 {
        read.push(byte[0]);
    }
}

async fn call(base_url: String) -> Result<String, Error> {
    let client = Client::builder(base_url).timeout(Duration::from_secs(20)).build().unwrap();
    client.get_thing().id(1).send().await
}

#[tokio::test]
async fn a_response_that_is_not_http_is_named_and_not_retried() {
    let huge = format!("HTTP/1.1 200 OK\r\nx: {}\r\n\r\n", "x".repeat(1 << 20));
    for bytes in [
        "SSH-2.0-OpenSSH_9.2p1 Debian-2\r\n",
        "220 mail.example.com ESMTP\r\n",
        "\u{15}\u{3}\u{1}\0\u{2}\u{2}F",
        "<html>hello</html>",
        "HTTP/9.9 200 OK\r\n\r\n",
        "HTTP/1.1 2000 OK\r\n\r\n",
        "HTTP/1.1 OK\r\n\r\n",
        "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
        "HTTP/1.1 200 OK\r\nbad name: x\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ncontent-length: 2\r\n\r\nab",
        "HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\n",
        "HTTP/1.1 200 OK\r\ncontent-length: x\r\n\r\n",
        &huge,
    ] {
        let server = Server::sending(bytes);
        let error = call(server.url()).await.unwrap_err();
        let what: String = bytes.chars().take(60).collect();
        assert_eq!(error.kind(), ErrorKind::Protocol, "{what:?}: {error}");
        assert!(!error.is_retryable(), "{what:?}: {error}");
        assert_eq!((error.attempts(), server.connections()), (1, 1), "{what:?}");
        assert!(error.to_string().contains("HTTP"), "{what:?}: {error}");
    }
}

#[tokio::test]
async fn a_connection_that_ends_without_a_response_is_retried() {
    let server = Server::sending("");
    let error = call(server.url()).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 3), "{error}");
}

#[cfg(feature = "ring")]
#[tokio::test]
async fn https_to_a_port_without_tls_is_named_and_not_retried() {
    let server = Server::start(|mut connection| {
        // A server of plain http rejects the first bytes of TLS.
        let _ = connection.read(&mut [0; 1024]);
        connection.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").unwrap();
    });
    let error = call(server.url().replace("http:", "https:")).await.unwrap_err();
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 1), "{error}");
    assert!(!error.is_retryable() && error.is_connect());
    assert!(error.to_string().contains("no TLS connection"), "{error}");
}

#[tokio::test]
async fn an_encoding_that_was_not_requested_is_named() {
    for encoding in ["br", "zstd", "gzip, br", "compress"] {
        let server = Server::sending(format!(
            "HTTP/1.1 200 OK\r\ncontent-encoding: {encoding}\r\ncontent-length: 2\r\n\r\n\x1f\x0b"
        ));
        let error = call(server.url()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{encoding}: {error}");
        assert!(error.to_string().contains(&format!("`{encoding}`")), "{error}");
    }
}

#[tokio::test]
async fn a_page_where_json_was_expected_is_named_by_its_type() {
    let server =
        Server::sending("HTTP/1.1 200 OK\r\ncontent-type: text/html\r\ncontent-length: 6\r\n\r\n<html>");
    let error = call(server.url()).await.unwrap_err();
    assert!(error.to_string().contains("unreadable body (text/html): invalid JSON"), "{error}");
}

/// The status line already says that the call was rejected.
#[tokio::test]
async fn an_error_response_whose_body_stalls_does_not_use_the_whole_timeout() {
    let server = Server::start(|mut connection| {
        read_request(&mut connection);
        connection
            .write_all(b"HTTP/1.1 429 Too Many Requests\r\nretry-after: 60\r\ncontent-length: 99\r\n\r\n{")
            .unwrap();
        // Waits until the client closes the connection.
        let _ = connection.read(&mut [0]);
    });
    let client = Client::builder(server.url()).timeout(Duration::from_secs(600)).build().unwrap();
    let call = client.get_thing().id(1).send();
    let error =
        tokio::time::timeout(Duration::from_secs(60), call).await.expect("it ends early").unwrap_err();
    assert_eq!((error.status(), error.retry_after()), (Some(429), Some(Duration::from_secs(60))), "{error}");
    assert!(error.to_string().contains("cut short"), "{error}");
}

/// A static client in two tests: the runtime that opened the first connection no longer runs.
#[test]
fn one_client_serves_several_runtimes() {
    let server = Server::start(|mut connection| {
        std::thread::spawn(move || {
            loop {
                read_request(&mut connection);
                if connection.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n\"up\"").is_err() {
                    break;
                }
            }
        });
    });
    let client = Client::builder(server.url()).timeout(Duration::from_secs(600)).build().unwrap();
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    // More runtimes than there are pools, so that old pools are dropped.
    let runtimes: Vec<_> = (0..12).map(|_| runtime()).collect();
    for _ in 0..2 {
        for runtime in &runtimes {
            let call = async {
                let call = client.get_thing().id(1).send();
                tokio::time::timeout(Duration::from_secs(60), call)
                    .await
                    .expect("no call waits for another runtime")
            };
            assert_eq!(runtime.block_on(call).unwrap(), "up");
        }
    }
    // A runtime that has ended.
    let ended = runtime();
    assert_eq!(ended.block_on(client.get_thing().id(1).send()).unwrap(), "up");
    drop(ended);
    assert_eq!(runtime().block_on(client.get_thing().id(1).send()).unwrap(), "up");
}

#[test]
fn each_runtime_reuses_its_own_connection() {
    let server = Server::start(|mut connection| {
        std::thread::spawn(move || {
            loop {
                read_request(&mut connection);
                if connection.write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\n\"up\"").is_err() {
                    break;
                }
            }
        });
    });
    let client = Client::builder(server.url()).build().unwrap();
    let runtimes =
        [(); 2].map(|()| tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap());
    for _ in 0..5 {
        for runtime in &runtimes {
            runtime.block_on(client.get_thing().id(1).send()).unwrap();
        }
    }
    assert_eq!(server.connections(), 2);
}
