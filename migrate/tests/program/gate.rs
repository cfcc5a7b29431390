//! A proxy between the program and the emulator. It passes everything on, records it, and can hold responses back.

use std::sync::Arc;

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The recorded traffic.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traffic {
    /// The addresses of the requests, in order.
    pub(crate) asked: Vec<String>,
    /// The addresses of users that the emulator created, in order.
    pub(crate) created: Vec<String>,
    /// The number of responses that were sent to the program.
    pub(crate) passed: usize,
    /// The number of responses that are held back.
    pub(crate) held: usize,
}

#[derive(Debug)]
struct Shared {
    upstream: String,
    traffic: watch::Sender<Traffic>,
    /// The total number of responses that may pass.
    allowance: watch::Sender<usize>,
}

/// The gate. It closes when it is dropped.
#[derive(Debug)]
pub(crate) struct Gate {
    url: String,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

impl Gate {
    /// Opens a gate before a server.
    pub(crate) async fn before(url: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let upstream = url.trim_start_matches("http://").trim_end_matches('/').to_owned();
        let shared = Arc::new(Shared {
            upstream,
            traffic: watch::Sender::default(),
            allowance: watch::Sender::new(usize::MAX),
        });
        let accepting = tokio::spawn(accept(listener, Arc::clone(&shared)));
        Self { url: format!("http://{address}"), shared, accepting }
    }

    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    pub(crate) fn traffic(&self) -> Traffic {
        self.shared.traffic.borrow().clone()
    }

    /// Returns when the traffic fulfils a condition.
    pub(crate) async fn until(&self, said: impl FnMut(&Traffic) -> bool) {
        self.shared.traffic.subscribe().wait_for(said).await.unwrap();
    }

    /// Lets this number of further responses pass, and holds the others back.
    pub(crate) fn let_pass(&self, more: usize) {
        self.shared.allowance.send_replace(self.traffic().passed.saturating_add(more));
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        let shared = Arc::clone(&shared);
        // The task ends with its client.
        tokio::spawn(async move { serve(stream, &shared).await });
    }
}

/// Passes on one request after the other, until the client or the server closes the connection.
async fn serve(mut client: TcpStream, shared: &Shared) -> Option<()> {
    let mut server = TcpStream::connect(&shared.upstream).await.ok()?;
    let _ = (client.set_nodelay(true), server.set_nodelay(true));
    loop {
        let request = message(&mut client).await?;
        let body = body(&request);
        let email = body["email"].as_str().unwrap_or_default().to_owned();
        shared.traffic.send_modify(|traffic| traffic.asked.push(email.clone()));
        server.write_all(&request).await.ok()?;
        let response = message(&mut server).await?;
        if self::body(&response)["user_created"] == true {
            shared.traffic.send_modify(|traffic| traffic.created.push(email));
        }
        pass(shared).await;
        client.write_all(&response).await.ok()?;
    }
}

/// Waits until another response may pass.
async fn pass(shared: &Shared) {
    let mut allowance = shared.allowance.subscribe();
    if may_pass(shared, *allowance.borrow_and_update(), 0) {
        return;
    }
    shared.traffic.send_modify(|traffic| traffic.held += 1);
    // After the gate is dropped, all responses pass.
    while allowance.changed().await.is_ok() {
        if may_pass(shared, *allowance.borrow_and_update(), 1) {
            return;
        }
    }
}

fn may_pass(shared: &Shared, allowance: usize, held: usize) -> bool {
    shared.traffic.send_if_modified(|traffic| {
        let passes = traffic.passed < allowance;
        if passes {
            traffic.passed += 1;
            traffic.held -= held;
        }
        passes
    })
}

/// Reads a complete request or response.
async fn message(from: &mut (impl AsyncRead + Unpin)) -> Option<Vec<u8>> {
    let mut message = Vec::new();
    loop {
        if let Some(head) = headers_length(&message) {
            let length = head + content_length(&message[..head]);
            if message.len() >= length {
                return Some(message);
            }
        }
        if from.read_buf(&mut message).await.ok()? == 0 {
            return None;
        }
    }
}

fn headers_length(message: &[u8]) -> Option<usize> {
    message.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

fn content_length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_lowercase();
    let value = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    value.and_then(|value| value.trim().parse().ok()).unwrap_or_default()
}

fn body(message: &[u8]) -> Value {
    let head = headers_length(message).unwrap_or_default();
    serde_json::from_slice(&message[head..]).unwrap_or_default()
}
