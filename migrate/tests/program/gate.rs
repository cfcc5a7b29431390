//! What stands between the tool and the emulator: it passes everything on, sees all of it, and can keep responses back.

use std::sync::Arc;

use serde_json::Value;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// What went through.
#[derive(Clone, Debug, Default)]
pub(crate) struct Traffic {
    /// The addresses that were asked for, in order.
    pub(crate) asked: Vec<String>,
    /// The addresses that the emulator has made users for, in order.
    pub(crate) created: Vec<String>,
    /// How many responses reached the tool, or were given to its connection at least.
    pub(crate) passed: usize,
    /// How many responses are being kept back.
    pub(crate) held: usize,
}

#[derive(Debug)]
struct Shared {
    upstream: String,
    traffic: watch::Sender<Traffic>,
    /// How many responses may pass in all.
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

    /// Returns when something can be said of the traffic.
    pub(crate) async fn until(&self, said: impl FnMut(&Traffic) -> bool) {
        self.shared.traffic.subscribe().wait_for(said).await.unwrap();
    }

    /// Lets so many more responses pass, and keeps the others back.
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
        // It ends with its client.
        tokio::spawn(async move { serve(stream, &shared).await });
    }
}

/// One request after the other; a client or server that goes away ends it.
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
    // A gate that is gone holds nothing back any more.
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

/// Reads a request or a response as a whole, head and body.
async fn message(from: &mut (impl AsyncRead + Unpin)) -> Option<Vec<u8>> {
    let mut message = Vec::new();
    loop {
        if let Some(head) = head_length(&message) {
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

fn head_length(message: &[u8]) -> Option<usize> {
    message.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4)
}

fn content_length(head: &[u8]) -> usize {
    let head = String::from_utf8_lossy(head).to_lowercase();
    let value = head.lines().find_map(|line| line.strip_prefix("content-length:"));
    value.and_then(|value| value.trim().parse().ok()).unwrap_or_default()
}

fn body(message: &[u8]) -> Value {
    let head = head_length(message).unwrap_or_default();
    serde_json::from_slice(&message[head..]).unwrap_or_default()
}
