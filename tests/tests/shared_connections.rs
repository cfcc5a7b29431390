//! HTTP/2: calls that share a connection, and what happens to them when the connection ends. Each test runs without TLS
//! and with it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use bytes::Bytes;
use declapi::http::Response;
use declapi::{Client, Error, ErrorKind, Sleep, Timer, endpoint};
use h2::Reason;
use h2::server::{Connection, SendResponse};
use stytch_client_tests::http;
use stytch_client_tests::tls::Tls;
use tokio::net::{TcpListener, TcpStream};

/// The number of calls that share a connection.
const CALLS: usize = 100;

/// The upper limit of a test that waits.
const LIMIT: Duration = Duration::from_secs(60);

/// Reads something.
#[endpoint(get = "/read", response = (), idempotent)]
pub struct ReadIt;

/// Writes something.
#[endpoint(post = "/write", response = ())]
pub struct WriteIt<'a> {
    /// The string to write.
    pub text: &'a str,
}

/// The action of the server on its first connection when all calls have arrived.
#[derive(Clone, Copy)]
enum Then {
    /// It closes the connection.
    Cut,
    /// It rejects the calls.
    Reject,
    /// It announces that it accepts no more calls, and responds to those that it has.
    GoAway,
}

/// A timer that skips the delays between attempts and never ends a timeout.
struct Skipping;

impl Timer for Skipping {
    fn now(&self) -> Instant {
        Instant::now()
    }

    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::ready(()))
    }

    fn timeout(&self, _: Duration) -> Sleep {
        Sleep::new(std::future::pending())
    }
}

/// Returns two clients, without TLS and with it, each with its own server and the number of the server's connections.
async fn clients(then: Then) -> [(Client, Arc<AtomicUsize>); 2] {
    let tls = Tls::offering(&["h2"]);
    let (plain, plain_connections) = start(then).await;
    let (behind, tls_connections) = start(then).await;
    [
        (client(&format!("http://{plain}"), http::client()).await, plain_connections),
        (client(&tls.before(behind).await, tls.http_client()).await, tls_connections),
    ]
}

/// Returns a client that uses HTTP/2 and knows that its calls share a connection.
async fn client(url: &str, http: reqwest::ClientBuilder) -> Client {
    let http = http.http2_prior_knowledge().retry(reqwest::retry::never()).build().unwrap();
    let client = Client::builder(url).bearer_auth("key-1").http_client(http).timer(Skipping).build().unwrap();
    // The client knows it after the first response.
    client.read_it().send().await.unwrap();
    client
}

/// Starts a server that responds to every call, except on its first connection. Returns its address, and the number of
/// its connections.
async fn start(then: Then) -> (SocketAddr, Arc<AtomicUsize>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let connections = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&connections);
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let is_first = counted.fetch_add(1, Ordering::Relaxed) == 0;
            tokio::spawn(serve(stream, is_first.then_some(then)));
        }
    });
    (address, connections)
}

async fn serve(stream: TcpStream, then: Option<Then>) {
    let mut connection = h2::server::handshake(stream).await.unwrap();
    let Some(then) = then else { return finish(connection).await };
    respond_with_success(connection.accept().await.unwrap().unwrap().1);
    let mut held = Vec::new();
    while held.len() < CALLS {
        // The bodies are kept too, because a stream without a reader is reset.
        let (request, respond) = connection.accept().await.unwrap().unwrap();
        held.push((request, respond));
    }
    match then {
        Then::Cut => return,
        Then::Reject => held.iter_mut().for_each(|(_, respond)| respond.send_reset(Reason::REFUSED_STREAM)),
        Then::GoAway => {
            connection.graceful_shutdown();
            held.drain(..).for_each(|(_, respond)| respond_with_success(respond));
        }
    }
    finish(connection).await;
}

/// Drives the connection until it is closed.
async fn finish(mut connection: Connection<TcpStream, Bytes>) {
    while let Some(Ok((_, respond))) = connection.accept().await {
        respond_with_success(respond);
    }
}

fn respond_with_success(mut respond: SendResponse<Bytes>) {
    let response = Response::new(());
    // The client may have closed the connection.
    if let Ok(mut body) = respond.send_response(response, false) {
        let _ = body.send_data(Bytes::from_static(b"{}"), true);
    }
}

/// Makes all calls at the same time, half of them idempotent. Returns the results of each half.
async fn call_all(client: &Client) -> (Vec<Result<(), Error>>, Vec<Result<(), Error>>) {
    tokio::time::timeout(LIMIT, make_calls(client)).await.expect("the calls end in time")
}

async fn make_calls(client: &Client) -> (Vec<Result<(), Error>>, Vec<Result<(), Error>>) {
    let (mut reads, mut writes) = (Vec::new(), Vec::new());
    for _ in 0..CALLS / 2 {
        let (of_read, of_write) = (client.clone(), client.clone());
        reads.push(tokio::spawn(async move { of_read.read_it().send().await }));
        writes.push(tokio::spawn(async move { of_write.write_it().text("milk").send().await }));
    }
    let (mut read, mut written) = (Vec::new(), Vec::new());
    for (one, other) in reads.into_iter().zip(writes) {
        read.push(one.await.unwrap());
        written.push(other.await.unwrap());
    }
    (read, written)
}

#[tokio::test]
async fn a_connection_that_dies_harms_only_calls_that_cannot_be_retried() {
    for (client, connections) in clients(Then::Cut).await {
        let (read, written) = call_all(&client).await;
        assert!(read.iter().all(Result::is_ok), "{read:?}");
        for outcome in written {
            let error = outcome.unwrap_err();
            assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connection, 1), "{error}");
            assert!(error.to_string().contains("the server may have received the request"), "{error}");
        }
        assert!(connections.load(Ordering::Relaxed) >= 2);
    }
}

#[tokio::test]
async fn a_call_that_the_server_has_not_processed_is_retried() {
    for (client, _) in clients(Then::Reject).await {
        let (read, written) = call_all(&client).await;
        assert!(read.iter().chain(&written).all(Result::is_ok), "{read:?} {written:?}");
    }
}

#[tokio::test]
async fn a_connection_that_takes_no_more_finishes_what_it_has() {
    for (client, connections) in clients(Then::GoAway).await {
        let (read, written) = call_all(&client).await;
        assert!(read.iter().chain(&written).all(Result::is_ok), "{read:?} {written:?}");
        client.write_it().text("milk").send().await.unwrap();
        assert_eq!(connections.load(Ordering::Relaxed), 2);
    }
}
