//! Timeouts: the phase in the error, and the state afterwards.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use stytch_client::{Client, ClientBuilder, ErrorKind, Phase, RetryPolicy, Sleep, Timer, Timestamp};
use stytch_client_tests::calls;
use stytch_client_tests::canaries::{API_SECRET, PROJECT_ID};
use stytch_client_tests::clock::Clock;
use stytch_client_tests::http;
use stytch_client_tests::server::{Act, Server, response, success};

const SECOND: Duration = Duration::from_secs(1);
const MILLISECOND: Duration = Duration::from_millis(1);

fn builder(url: &str, clock: &Clock) -> ClientBuilder {
    calls::client_of(url).timer(clock.clone())
}

/// The address of the server as an HTTPS URL, although it does not speak TLS.
fn tls(server: &Server) -> String {
    format!("https://{}", server.address())
}

#[tokio::test]
async fn a_call_has_30_seconds() {
    for call in calls::of_each_shape() {
        let (server, clock) = (Server::start(vec![Act::Read, Act::Stall]), Clock::standing());
        let client = builder(&server.url(), &clock).build().unwrap();
        let time = async {
            server.until(|state| state.stalled == 1).await;
            clock.advance((30 * SECOND).saturating_sub(MILLISECOND));
            assert_eq!(clock.sleepers(), 1, "{call:?} was given up too early");
            clock.advance(MILLISECOND);
        };
        let (outcome, ()) = tokio::join!(call.send(&client), time);
        let error = outcome.unwrap_err();
        assert_eq!((error.phase(), error.attempts()), (Some(Phase::Waiting), 1), "{call:?}: {error}");
        assert!(error.is_timeout() && error.is_retryable() && !error.is_connect());
        assert!(error.to_string().contains("no response within 30 s, waiting for the response"), "{error}");
        server.until_all_closed().await;
    }
}

#[tokio::test]
async fn the_timeout_can_be_set_for_the_client_and_for_a_call() {
    let call = calls::named("passwords.create");
    let (server, clock) = (Server::start(vec![Act::Read, Act::Stall]), Clock::standing());
    let client = builder(&server.url(), &clock).timeout(7 * SECOND).build().unwrap();
    for (client, limit) in [
        (client.clone(), 7),
        (client.with_timeout(2 * SECOND), 2),
        (client.with_timeout(60 * SECOND), 60),
        (client.with_timeout(60 * SECOND).with_retries(RetryPolicy::never()), 60),
    ] {
        let stalled = server.state().stalled;
        let time = async {
            server.until(|state| state.stalled > stalled).await;
            clock.advance((limit * SECOND).saturating_sub(MILLISECOND));
            assert_eq!(clock.sleepers(), 1, "{limit}");
            clock.advance(MILLISECOND);
        };
        let (outcome, ()) = tokio::join!(call.send(&client), time);
        assert!(outcome.unwrap_err().to_string().contains(&format!("within {limit} s")));
    }
}

/// The server accepts the connection and stalls in the handshake, so that no part of the call is sent.
#[tokio::test(start_paused = true)]
async fn connecting_has_5_seconds_of_them() {
    for call in calls::of_each_shape() {
        let server = Server::start(vec![Act::Await, Act::Stall]);
        let client = Client::builder(PROJECT_ID, API_SECRET).base_url(tls(&server)).build().unwrap();
        let error = call.send(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::Connecting)), "{error:?}");
        assert!(error.is_connect());
        assert_eq!(error.attempts(), 3, "nothing was sent, so {call:?} is retried");
        assert!(error.to_string().contains("no response within 5 s, connecting"), "{error}");
        server.until_all_closed().await;
        assert_eq!(server.state().requests.len(), 0);
    }
}

/// If the timeout of the call is shorter, the call was still connecting.
#[tokio::test]
async fn a_short_timeout_ends_while_connecting() {
    for call in calls::of_each_shape() {
        let (server, clock) = (Server::start(vec![Act::Await, Act::Stall]), Clock::standing());
        let client = builder(&tls(&server), &clock).timeout(SECOND).build().unwrap();
        let time = async {
            server.until(|state| state.stalled == 1).await;
            clock.advance(SECOND);
        };
        let (outcome, ()) = tokio::join!(call.send(&client), time);
        let error = outcome.unwrap_err();
        assert_eq!(error.phase(), Some(Phase::Connecting), "{call:?}: {error:?}");
        assert!(error.is_connect());
        assert!(
            error.to_string().contains("no response within 1 s, connecting: nothing was sent"),
            "{error}"
        );
    }
}

/// With one connection, the second call waits for the first one.
#[tokio::test]
async fn a_call_can_run_out_of_time_before_its_turn() {
    for call in calls::of_each_shape() {
        let (server, clock) = (Server::start(vec![Act::Serve(success(call.response))]), Clock::standing());
        let client = builder(&server.url(), &clock).timeout(60 * SECOND).max_connections(1).build().unwrap();
        server.hold(true);
        let first = tokio::spawn(call.send(&client));
        server.until(|state| state.requests.len() == 1).await;
        let time = async {
            // One timeout for the first call, and one for the second.
            clock.until_begun(2).await;
            clock.advance(10 * SECOND);
        };
        let second = client.with_timeout(10 * SECOND);
        let (second, ()) = tokio::join!(call.send(&second), time);
        let error = second.unwrap_err();
        assert_eq!(error.phase(), Some(Phase::Queued), "{call:?}: {error:?}");
        assert!(error.is_connect() && error.is_retryable());
        assert!(error.to_string().contains("max_connections"), "{error}");

        server.hold(false);
        first.await.unwrap().unwrap();
        call.send(&client).await.unwrap();
        assert_eq!(server.state().accepted, 1, "{call:?}");
    }
}

fn custom(server: &Server, clock: &Clock) -> Client {
    let http = http::client().read_timeout(3600 * SECOND).build().unwrap();
    builder(&server.url(), clock).timeout(86_400 * SECOND).http_client(http).build().unwrap()
}

/// A custom HTTP client has its own timeouts, and the error says so.
#[tokio::test]
async fn a_custom_http_client_has_its_own_timeouts() {
    let call = calls::named("passwords.create");
    let headers = Act::Write(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n".into());
    for (script, phase) in [
        (vec![Act::Read, Act::Stall], Phase::Waiting),
        (vec![Act::Read, headers, Act::Stall], Phase::Reading),
    ] {
        let (server, clock) = (Server::start(script), Clock::standing());
        let client = custom(&server, &clock);
        let time = async {
            if phase == Phase::Reading {
                server.until_responded(1, &clock).await;
            }
            server.until(|state| state.stalled == 1).await;
            tokio::time::pause();
            tokio::time::advance(3600 * SECOND).await;
            tokio::time::resume();
        };
        let (outcome, ()) = tokio::join!(call.send(&client), time);
        let error = outcome.unwrap_err();
        assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(phase)), "{error:?}");
        assert!(
            error.to_string().contains("within the timeout of the HTTP client or of the system"),
            "{error}"
        );
    }
}

/// They leave time for a retry, if a retry is safe.
#[tokio::test(start_paused = true)]
async fn its_timeouts_are_causes_like_others() {
    for call in calls::of_each_shape() {
        let server = Server::start(vec![Act::Read, Act::Stall]);
        let error = call.send(&custom(&server, &Clock::skipping(SECOND))).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout, "{call:?}: {error:?}");
        assert_eq!(error.attempts(), if call.info.idempotent { 3 } else { 1 }, "{call:?}: {error}");
    }
}

#[tokio::test]
async fn odd_timeouts_are_timeouts() {
    let call = calls::named("passwords.create");
    let server = Server::start(vec![Act::Serve(success(call.response))]);
    let client = calls::client_of(server.url());
    let client = client.timeout(Duration::MAX).connect_timeout(Duration::MAX).build().unwrap();
    call.send(&client).await.unwrap();

    let client = builder(&server.url(), &Clock::standing()).timeout(Duration::ZERO).build().unwrap();
    let error = call.send(&client).await.unwrap_err();
    assert!(error.is_timeout(), "{error:?}");
}

/// A byte from time to time keeps the connection open, but does not extend the timeout. The body of an error has two
/// seconds.
#[tokio::test]
async fn a_response_that_drips_has_no_longer() {
    let call = calls::named("passwords.create");
    for (status, kind, timers, seconds) in
        [("200 OK", ErrorKind::Timeout, 1, 30), ("502 Bad Gateway", ErrorKind::Status, 2, 2)]
    {
        let headers = format!("HTTP/1.1 {status}\r\nconnection: close\r\n\r\n");
        let drip = Act::Flood(b" ".into(), usize::MAX);
        let (server, clock) =
            (Server::start(vec![Act::Read, Act::Write(headers.into()), drip]), Clock::standing());
        let client = builder(&server.url(), &clock).max_response_bytes(usize::MAX).build().unwrap();
        let time = async {
            clock.until_begun(timers).await;
            let flooded = server.state().flooded;
            server.until(|state| state.flooded > flooded + 1000).await;
            clock.advance((seconds * SECOND).saturating_sub(MILLISECOND));
            assert_eq!(clock.sleepers(), timers, "given up too early");
            clock.advance(MILLISECOND);
        };
        let (outcome, ()) = tokio::join!(call.send(&client), time);
        let error = outcome.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (kind, 1), "{error}");
        assert_eq!(error.phase().is_some(), kind == ErrorKind::Timeout, "{error}");
        server.until_all_closed().await;
    }
}

/// The error contains the part of the response that has arrived.
#[tokio::test]
async fn a_partial_response_is_in_the_error() {
    let call = calls::named("passwords.create");
    for (status, kind) in [(200, ErrorKind::Timeout), (502, ErrorKind::Status)] {
        let body = r#"{"request_id":"request-id-test-1","#;
        let half = format!("HTTP/1.1 {status} x\r\ncontent-length: 99\r\nx-a: b\r\n\r\n{body}");
        let (server, clock) =
            (Server::start(vec![Act::Read, Act::Write(half.into()), Act::Stall]), Clock::standing());
        let client = builder(&server.url(), &clock).timeout(SECOND).build().unwrap();
        let time = async {
            server.until_responded(1, &clock).await;
            clock.advance(SECOND);
        };
        let (outcome, ()) = tokio::join!(call.send(&client), time);
        let error = outcome.unwrap_err();
        assert_eq!((error.kind(), error.status()), (kind, Some(status)), "{error}");
        assert_eq!(error.request_id(), Some("request-id-test-1"), "{error}");
        assert_eq!(error.headers().unwrap()["x-a"], "b");
        assert_eq!(error.body(), (status == 502).then_some(body.as_bytes()));
    }
}

/// A clock that goes backwards each time it is read.
struct Backwards(Clock, Mutex<Duration>);

impl Timer for Backwards {
    fn now(&self) -> Instant {
        let mut back = self.1.lock().unwrap();
        *back += SECOND;
        self.0.now().checked_sub(*back).unwrap()
    }

    fn timestamp(&self) -> Timestamp {
        self.0.timestamp() - *self.1.lock().unwrap()
    }

    fn sleep(&self, duration: Duration) -> Sleep {
        self.0.sleep(duration)
    }
}

#[tokio::test]
async fn a_clock_that_goes_back_is_survived() {
    let call = calls::named("passwords.create");
    let server = Server::start(vec![Act::Serve(success(call.response))]);
    for retry_after in ["1", "Sun, 22 Nov 2026 10:00:01 GMT"] {
        let headers = [&format!("retry-after: {retry_after}"), "connection: close"];
        server.next([Act::Read, Act::Write(response("429 No", &headers, ""))]);
        let clock = Backwards(Clock::skipping(20 * SECOND), Mutex::default());
        let client = calls::client_of(server.url()).timer(clock);
        call.send(&client.build().unwrap()).await.unwrap_or_else(|error| panic!("{retry_after}: {error}"));
    }
}
