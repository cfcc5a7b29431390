//! A server for HTTP/2 without TLS.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use bytes::Bytes;
use h2::RecvStream;
use h2::server::SendResponse;
use stytch_client::http;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Barrier;

use crate::deadline::Deadline;

/// The server. It stops with the runtime on which it was started.
#[derive(Debug)]
pub struct Http2Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    _deadline: Deadline,
}

/// The state that the server and its connections share.
#[derive(Debug)]
struct Shared {
    body: &'static str,
    /// Where calls wait for the rest of their group.
    group: Barrier,
    calls: AtomicUsize,
    connections: AtomicUsize,
}

impl Http2Server {
    /// Starts a server that responds to every call with this body: to the first call at once, and to later calls when a
    /// whole group of them has arrived.
    pub async fn start(body: &'static str, group: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (calls, connections) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let shared = Arc::new(Shared { body, group: Barrier::new(group), calls, connections });
        tokio::spawn(accept(listener, Arc::clone(&shared)));
        Self { address, shared, _deadline: Deadline::start() }
    }

    /// Returns the address without a scheme.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Returns the number of calls that have arrived.
    pub fn calls(&self) -> usize {
        self.shared.calls.load(Ordering::Relaxed)
    }

    /// Returns the number of connections on which calls have arrived.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::Relaxed)
    }
}

async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((stream, _)) = listener.accept().await {
        tokio::spawn(serve(stream, Arc::clone(&shared)));
    }
}

async fn serve(stream: TcpStream, shared: Arc<Shared>) {
    let Ok(mut connection) = h2::server::handshake(stream).await else { return };
    let mut is_used = false;
    while let Some(Ok((request, response))) = connection.accept().await {
        if !std::mem::replace(&mut is_used, true) {
            shared.connections.fetch_add(1, Ordering::Relaxed);
        }
        tokio::spawn(respond(request.into_body(), response, Arc::clone(&shared)));
    }
}

async fn respond(mut body: RecvStream, mut response: SendResponse<Bytes>, shared: Arc<Shared>) {
    while let Some(Ok(chunk)) = body.data().await {
        let _ = body.flow_control().release_capacity(chunk.len());
    }
    if shared.calls.fetch_add(1, Ordering::Relaxed) > 0 {
        shared.group.wait().await;
    }
    // The client may have closed the connection.
    if let Ok(mut stream) = response.send_response(http::Response::new(()), false) {
        let _ = stream.send_data(Bytes::from_static(shared.body.as_bytes()), true);
    }
}
