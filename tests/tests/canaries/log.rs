//! The log output of all crates at TRACE.

use std::io;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use tracing_subscriber::fmt::MakeWriter;
use tracing_subscriber::fmt::format::FmtSpan;

use stytch_client_tests::tls::Tls;

use super::{Act, Client, ClosedPort, Server, builder, calls, nothing_in, response, success};

/// All lines that were logged in this process.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<u8>>>);

impl io::Write for Said {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl<'a> MakeWriter<'a> for Said {
    type Writer = Self;

    fn make_writer(&'a self) -> Self {
        self.clone()
    }
}

static SAID: LazyLock<Said> = LazyLock::new(|| {
    let said = Said::default();
    // Includes records of the `log` crate, and a line for each event of a span.
    tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_span_events(FmtSpan::FULL)
        .with_ansi(false)
        .with_writer(said.clone())
        .init();
    said
});

/// Starts to capture, if it has not started yet.
pub(super) fn listen() {
    LazyLock::force(&SAID);
}

fn said() -> String {
    String::from_utf8_lossy(&SAID.0.lock().unwrap_or_else(PoisonError::into_inner)).into_owned()
}

/// Looks for canaries in all lines so far.
pub(super) fn nothing_in_it() {
    let said = said();
    said.lines().for_each(|line| nothing_in("the log", line));
    for speaker in ["declapi", "reqwest::", "hyper_util::"] {
        assert!(said.contains(speaker), "{speaker} was not heard, so that it proves nothing");
    }
}

/// Successes, errors, retries and broken connections, with everything that is logged about them.
#[tokio::test]
async fn of_calls_that_go_well_and_badly() {
    listen();
    for call in calls::all() {
        let server = Server::start(vec![Act::Serve(success(call.response))]);
        let client = builder(&server.url()).build().unwrap();
        server.next([Act::Read, Act::Write(response("429 No", &["connection: close"], ""))]);
        server.next([Act::Read, Act::Reset]);
        let _ = call.send(&client).await;
        call.send(&client).await.unwrap();
        call.send(&client).await.unwrap();

        let rejecting = ClosedPort::bind();
        call.send(&builder(&rejecting.url()).build().unwrap()).await.unwrap_err();
        let no_tls = Server::start(vec![Act::Await, Act::Write(b"HTTP/1.1 400 No\r\n\r\n".into())]);
        let client: Client = builder(&format!("https://{}", no_tls.address())).build().unwrap();
        call.send(&client).await.unwrap_err();
    }
    assert!(said().contains("rustls"), "rustls was not heard, so that it proves nothing");
    assert!(said().contains("declapi: retry"), "no retry was heard of");
    nothing_in_it();
}

/// Over TLS, from the first handshake to the last response on the connection.
#[tokio::test]
async fn of_calls_over_tls() {
    listen();
    let tls = Tls::default();
    for call in calls::all() {
        let server = Server::start(vec![Act::Serve(success(call.response))]);
        let url = tls.before(server.address()).await;
        let client = builder(&url).http_client(tls.http_client().build().unwrap()).build().unwrap();
        call.send(&client).await.unwrap();
        call.send(&client).await.unwrap();
        assert_eq!(server.state().requests.len(), 2, "{call:?}");
    }
    assert!(said().contains("rustls::client"), "rustls was not heard, so that it proves nothing");
    nothing_in_it();
}
