//! A server over raw TCP that follows a script, and records what happened.

mod connection;

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::deadline::Deadline;

/// One action of the server on a connection. At the end of a script it closes the connection.
#[derive(Clone, Debug)]
pub enum Act {
    /// Reads one complete request, records it, and waits until responses are released.
    Read,
    /// Reads this many bytes, and discards them.
    ReadBytes(usize),
    /// Waits for the first byte without reading it.
    Await,
    /// Writes these bytes.
    Write(Vec<u8>),
    /// Writes these bytes this many times, until the client stops reading.
    Flood(Vec<u8>, usize),
    /// Responds to each request with these bytes, as long as there are requests.
    Serve(Vec<u8>),
    /// Responds to each request with the result of the function.
    Respond(fn(&Received) -> Vec<u8>),
    /// Waits until the client closes the connection.
    Stall,
    /// Closes the connection with a reset.
    Reset,
}

/// The events so far.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct State {
    /// The number of accepted connections.
    pub accepted: usize,
    /// The number of open connections. A connection that the server has closed counts until the client has closed it
    /// too.
    pub open: usize,
    /// The maximum number of open connections at one time.
    pub most_open: usize,
    /// The number of connections that have reached [`Act::Stall`].
    pub stalled: usize,
    /// The number of bytes that clients read from [`Act::Flood`].
    pub flooded: usize,
    /// The complete requests.
    pub requests: Vec<Received>,
}

/// A request as it arrived.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Received {
    /// The request line and the headers, as bytes on the wire.
    pub headers: String,
    /// The body.
    pub body: Vec<u8>,
}

/// The server. It stops when it is dropped.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    shared: Arc<Shared>,
    accepting: JoinHandle<()>,
}

/// The state that the server and its connections share.
#[derive(Debug)]
struct Shared {
    state: watch::Sender<State>,
    /// Whether responses are held back.
    held: watch::Sender<bool>,
    scripts: Mutex<VecDeque<Vec<Act>>>,
    otherwise: Vec<Act>,
    _deadline: Deadline,
}

/// A port on which connections are refused, until a server is started there.
#[derive(Debug)]
pub struct ClosedPort {
    address: SocketAddr,
    socket: TcpSocket,
}

impl ClosedPort {
    /// Reserves a port without listening on it.
    pub fn bind() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a port on loopback");
        Self { address: socket.local_addr().expect("its address"), socket }
    }

    /// Returns the address on which connections are refused.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Starts to listen, with a script for every connection without a separate one.
    pub fn serve(self, otherwise: Vec<Act>) -> Server {
        let listener = self.socket.listen(1024).expect("a listener");
        Server::on(listener, otherwise)
    }
}

impl Server {
    /// Starts a server, with a script for every connection without a separate one.
    pub fn start(otherwise: Vec<Act>) -> Self {
        ClosedPort::bind().serve(otherwise)
    }

    fn on(listener: TcpListener, otherwise: Vec<Act>) -> Self {
        let address = listener.local_addr().expect("its address");
        let (state, held, scripts) = (watch::Sender::default(), watch::Sender::new(false), Mutex::default());
        let shared = Shared { state, held, scripts, otherwise, _deadline: Deadline::start() };
        let shared = Arc::new(shared);
        let accepting = tokio::spawn(connection::accept(listener, Arc::clone(&shared)));
        Self { address, shared, accepting }
    }

    /// Returns the URL.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Returns the address without a scheme.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Sets the script of the next connection that has none yet.
    pub fn next(&self, script: impl IntoIterator<Item = Act>) {
        self.shared.scripts().push_back(script.into_iter().collect());
    }

    /// Holds back responses to requests that were read, or releases them.
    pub fn hold(&self, held: bool) {
        self.shared.held.send_replace(held);
    }

    /// Returns the events so far.
    pub fn state(&self) -> State {
        self.shared.state.borrow().clone()
    }

    /// Waits until a condition is true.
    pub async fn until(&self, is_so: impl FnMut(&State) -> bool) -> State {
        let mut watched = self.shared.state.subscribe();
        let state = watched.wait_for(is_so).await.expect("the sender lives as long as the server");
        state.clone()
    }

    /// Waits until the client, which uses this clock, has received the headers of this many responses and is idle.
    pub async fn until_responded(&self, requests: usize, clock: &Clock) {
        self.hold(true);
        self.until(|state| state.requests.len() == requests).await;
        settle().await;
        let asked = clock.asked();
        self.hold(false);
        clock.until_asked_again(asked).await;
        settle().await;
    }

    /// Waits until all connections are closed.
    pub async fn until_all_closed(&self) {
        self.until(|state| state.open == 0).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

impl Shared {
    fn scripts(&self) -> std::sync::MutexGuard<'_, VecDeque<Vec<Act>>> {
        self.scripts.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn script(&self) -> Vec<Act> {
        self.scripts().pop_front().unwrap_or_else(|| self.otherwise.clone())
    }

    fn note(&self, what: impl FnOnce(&mut State)) {
        self.state.send_modify(what);
    }
}

/// Lets every other task run until it is idle. Between this many polls, a single-threaded runtime polls its sockets.
async fn settle() {
    for _ in 0..2000 {
        tokio::task::yield_now().await;
    }
}

/// Returns a response with a status line such as `200 OK`, further headers, and a body with its length.
pub fn response(status: &str, headers: &[&str], body: &str) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
    for header in headers {
        text.push_str(header);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    text.push_str(body);
    text.into_bytes()
}

/// Returns a success with a JSON body. The connection stays open.
pub fn success(body: &str) -> Vec<u8> {
    response("200 OK", &["content-type: application/json"], body)
}
