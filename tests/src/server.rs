//! A server over raw TCP that does what its script says, and says what happened to it.

mod connection;

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::watch;
use tokio::task::JoinHandle;

use crate::clock::Clock;
use crate::deadline::Deadline;

/// One thing that the server does with a connection. At the end of a script it closes the connection.
#[derive(Clone, Debug)]
pub enum Act {
    /// Reads one whole request, notes it, and waits until it may be answered.
    Read,
    /// Reads this many bytes and forgets them.
    ReadBytes(usize),
    /// Waits for the first byte and leaves it unread.
    Await,
    /// Writes this.
    Write(Vec<u8>),
    /// Writes this so many times, until the client no longer takes it.
    Flood(Vec<u8>, usize),
    /// Answers one request after the other with this, as long as there are any.
    Serve(Vec<u8>),
    /// Answers one request after the other with what the function makes of it.
    Respond(fn(&Received) -> Vec<u8>),
    /// Does nothing until the client hangs up.
    Stall,
    /// Ends the connection with a reset.
    Reset,
}

/// What has happened so far.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct State {
    /// How many connections were accepted.
    pub accepted: usize,
    /// How many of them neither side has ended; one that the server has closed counts until the client has, too.
    pub open: usize,
    /// How many of them there were at most at once.
    pub most_open: usize,
    /// How many have reached [`Act::Stall`].
    pub stalled: usize,
    /// How many bytes the clients took from [`Act::Flood`].
    pub flooded: usize,
    /// The requests that were read as a whole.
    pub requests: Vec<Received>,
}

/// A request as it came.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Received {
    /// The request line and the headers.
    pub head: String,
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

/// What the server and its connections share.
#[derive(Debug)]
struct Shared {
    state: watch::Sender<State>,
    /// Whether answers are held back.
    held: watch::Sender<bool>,
    scripts: Mutex<VecDeque<Vec<Act>>>,
    otherwise: Vec<Act>,
    _deadline: Deadline,
}

/// An address at which connections are refused, until a server is started there.
#[derive(Debug)]
pub struct Refusing {
    address: SocketAddr,
    socket: TcpSocket,
}

impl Refusing {
    /// Takes an address, and does not listen at it.
    pub fn bind() -> Self {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(SocketAddr::from(([127, 0, 0, 1], 0))).expect("a port on loopback");
        Self { address: socket.local_addr().expect("its address"), socket }
    }

    /// Where connections are refused.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Starts to listen, with a script for every connection that has none of its own.
    pub fn serve(self, otherwise: Vec<Act>) -> Server {
        let listener = self.socket.listen(1024).expect("a listener");
        Server::on(listener, otherwise)
    }
}

impl Server {
    /// Starts a server, with a script for every connection that has none of its own.
    pub fn start(otherwise: Vec<Act>) -> Self {
        Refusing::bind().serve(otherwise)
    }

    fn on(listener: TcpListener, otherwise: Vec<Act>) -> Self {
        let address = listener.local_addr().expect("its address");
        let (state, held, scripts) = (watch::Sender::default(), watch::Sender::new(false), Mutex::default());
        let shared = Shared { state, held, scripts, otherwise, _deadline: Deadline::start() };
        let shared = Arc::new(shared);
        let accepting = tokio::spawn(connection::accept(listener, Arc::clone(&shared)));
        Self { address, shared, accepting }
    }

    /// Where it is.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Where it is, without a scheme.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// What it does with the next connection that has no script yet.
    pub fn next(&self, script: impl IntoIterator<Item = Act>) {
        self.shared.scripts().push_back(script.into_iter().collect());
    }

    /// Holds back every answer to a request that was read, until told otherwise.
    pub fn hold(&self, held: bool) {
        self.shared.held.send_replace(held);
    }

    /// What has happened so far.
    pub fn state(&self) -> State {
        self.shared.state.borrow().clone()
    }

    /// Waits until something is so.
    pub async fn until(&self, is_so: impl FnMut(&State) -> bool) -> State {
        let mut watched = self.shared.state.subscribe();
        let state = watched.wait_for(is_so).await.expect("the sender lives as long as the server");
        state.clone()
    }

    /// Waits until the client, which goes by this clock, has the head of the answer to so many requests, and has
    /// nothing left to do.
    pub async fn until_answered(&self, requests: usize, clock: &Clock) {
        self.hold(true);
        self.until(|state| state.requests.len() == requests).await;
        settle().await;
        let asked = clock.asked();
        self.hold(false);
        clock.until_asked_again(asked).await;
        settle().await;
    }

    /// Waits until no connection is left over.
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

/// Lets every other task go on until it has nothing left to do: between two of these many turns, a runtime of one
/// thread looks at its sockets.
async fn settle() {
    for _ in 0..2000 {
        tokio::task::yield_now().await;
    }
}

/// An answer with a status line such as `200 OK`, more headers if there are any, and a body of the right length.
pub fn answer(status: &str, headers: &[&str], body: &str) -> Vec<u8> {
    let mut text = format!("HTTP/1.1 {status}\r\ncontent-length: {}\r\n", body.len());
    for header in headers {
        text.push_str(header);
        text.push_str("\r\n");
    }
    text.push_str("\r\n");
    text.push_str(body);
    text.into_bytes()
}

/// A success with a JSON body, after which the connection lives on.
pub fn success(body: &str) -> Vec<u8> {
    answer("200 OK", &["content-type: application/json"], body)
}
