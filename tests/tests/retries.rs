//! The documented table of retries, tested completely: the server counts the requests.

#[path = "retries/budget.rs"]
mod budget;
#[path = "retries/retry_after.rs"]
mod retry_after;

use std::time::Duration;

use stytch_client::{ClientBuilder, ErrorKind, Phase, RetryPolicy};
use stytch_client_tests::calls::{self, Call};
use stytch_client_tests::clock::Clock;
use stytch_client_tests::server::{Act, ClosedPort, Server, response};

const HOUR: Duration = Duration::from_secs(3600);

/// A client that skips the waits between attempts, but not its timeout.
fn builder(url: &str, clock: &Clock) -> ClientBuilder {
    calls::client_of(url).timer(clock.clone()).timeout(HOUR)
}

fn skipping() -> Clock {
    Clock::skipping(Duration::from_secs(20))
}

fn status(line: &str, headers: &[&str]) -> Vec<Act> {
    vec![Act::Read, Act::Write(response(line, &[headers, &["connection: close"]].concat(), ""))]
}

/// The documented table: the event, and whether it is retried, for any endpoint and for an idempotent one.
fn documented() -> Vec<(&'static str, bool, bool)> {
    let docs = include_str!("../../core/src/retry.rs").lines();
    let rows = docs.filter_map(|line| line.strip_prefix("/// | ")?.strip_suffix(" |"));
    let rows = rows.map(|row| row.split(" | ").collect::<Vec<_>>());
    // The first row is the header of the table.
    rows.skip(1).map(|row| (row[0], !row[1].contains("not"), !row[2].contains("not"))).collect()
}

/// Returns the row with this beginning.
fn row(start: &str) -> (bool, bool) {
    let rows = documented().into_iter().filter(|(what, ..)| what.starts_with(start));
    let rows: Vec<_> = rows.map(|(_, any, idempotent)| (any, idempotent)).collect();
    assert_eq!(rows.len(), 1, "`{start}` in {:?}", documented());
    rows[0]
}

const TOO_MANY: &str = "429: the server has not executed the call";
const NOT_NOW: &str = "503 with `Retry-After`: the server has not executed the call";
const BROKEN_SERVER: &str = "503 without `Retry-After`, 408, 500, 502, 504";
const BROKEN_CONNECTION: &str = "connection closed, timeout while waiting for the response or reading it";
const OTHER: &str = "any other status, a redirect, a body that cannot be read or is too large";

/// Rows of the table, with the behaviour of the server for each.
fn table() -> Vec<(&'static str, Vec<Act>)> {
    vec![
        (TOO_MANY, status("429 Too Many Requests", &[])),
        (TOO_MANY, status("429 Too Many Requests", &["retry-after: 1"])),
        (NOT_NOW, status("503 Service Unavailable", &["retry-after: 1"])),
        (NOT_NOW, status("503 Service Unavailable", &["retry-after: Sun, 22 Nov 2026 10:00:01 GMT"])),
        (BROKEN_SERVER, status("503 Service Unavailable", &[])),
        (BROKEN_SERVER, status("503 Service Unavailable", &["retry-after: soon"])),
        (BROKEN_SERVER, status("408 Request Timeout", &[])),
        (BROKEN_SERVER, status("500 Internal Server Error", &[])),
        (BROKEN_SERVER, status("502 Bad Gateway", &[])),
        (BROKEN_SERVER, status("504 Gateway Timeout", &["retry-after: 1"])),
        (BROKEN_CONNECTION, vec![Act::Read]),
        (BROKEN_CONNECTION, vec![Act::Read, Act::Reset]),
        (BROKEN_CONNECTION, vec![Act::Read, Act::Write(b"HTTP/1.1 2".into())]),
        (BROKEN_CONNECTION, half_a_response()),
        (OTHER, status("200 OK", &[])),
        (OTHER, status("307 Temporary Redirect", &["location: /elsewhere"])),
        (OTHER, status("400 Bad Request", &[])),
        (OTHER, status("401 Unauthorized", &["retry-after: 1"])),
        (OTHER, status("404 Not Found", &[])),
        (OTHER, status("425 Too Early", &["retry-after: 1"])),
        (OTHER, status("501 Not Implemented", &[])),
        (OTHER, too_large()),
    ]
}

fn half_a_response() -> Vec<Act> {
    vec![Act::Read, Act::Write(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".into())]
}

fn too_large() -> Vec<Act> {
    let headers = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
    vec![Act::Read, Act::Write(headers.into()), Act::Flood(vec![b' '; 1 << 20], 100)]
}

#[tokio::test]
async fn the_documented_table() {
    for call in calls::of_each_shape() {
        for (happened, script) in table() {
            let server = Server::start(script);
            let client = builder(&server.url(), &skipping()).build().unwrap();
            let error = call.send(&client).await.unwrap_err();
            let (any, idempotent) = row(happened);
            let retried = if call.info.idempotent { idempotent } else { any };
            let sent = if retried { 3 } else { 1 };
            let what = format!("{call:?}, {happened}: {error}");
            assert_eq!(server.state().requests.len(), sent, "{what}");
            assert_eq!(error.attempts() as usize, sent, "{what}");
            assert_eq!(error.to_string().contains("(after 3 attempts)"), retried, "{what}");
            server.until_all_closed().await;
        }
    }
}

/// Every row of the table has a case here.
#[test]
fn every_row_is_tried() {
    let elsewhere = [
        "no connection: nothing was sent",
        "the request could not be built",
        // In `core/tests/api_errors.rs`: Stytch has no such response.
        "the client's [`ApiError::rate_limited`](crate::ApiError::rate_limited) returned a delay",
    ];
    for (what, ..) in documented() {
        let is_tried = table().iter().any(|(tried, _)| *tried == what) || elsewhere.contains(&what);
        assert!(is_tried, "core/src/retry.rs has a row `{what}`: add a case for it to `table`");
    }
    assert_eq!(elsewhere.map(row), [(true, true), (false, false), (true, true)]);
}

/// A request may be carried out even if the server read only a part of it.
#[tokio::test]
async fn a_request_that_may_have_arrived_is_not_retried() {
    for call in calls::of_each_shape() {
        let server = Server::start(success(&call));
        call.send(&builder(&server.url(), &skipping()).build().unwrap()).await.unwrap();
        let request = &server.state().requests[0];
        let (headers, body) = (request.headers.len(), request.body.len());
        for read in [0, 1, headers - 1, headers, headers + body / 2, headers + body] {
            for end in [vec![], vec![Act::Reset]] {
                let first = if read == 0 { Act::Await } else { Act::ReadBytes(read) };
                let server = Server::start([vec![first], end].concat());
                let client = builder(&server.url(), &skipping()).build().unwrap();
                let error = call.send(&client).await.unwrap_err();
                let what = format!("{call:?}, {read} bytes of {}: {error}", headers + body);
                assert_eq!(error.kind(), ErrorKind::Connection, "{what}");
                assert_eq!(server.state().accepted, if call.info.idempotent { 3 } else { 1 }, "{what}");
            }
        }
    }
}

#[tokio::test]
async fn every_attempt_is_the_same_request() {
    for call in calls::of_each_shape() {
        let server = Server::start(status("429 Too Many Requests", &[]));
        let client = builder(&server.url(), &skipping()).build().unwrap();
        call.send(&client).await.unwrap_err();
        let requests = server.state().requests;
        for request in &requests[1..] {
            assert_eq!(
                (&request.headers, &request.body),
                (&requests[0].headers, &requests[0].body),
                "{call:?}"
            );
        }
    }
}

/// No request was sent, so any call is retried. The waits grow, and are random each time.
#[tokio::test]
async fn no_connection() {
    for call in calls::of_each_shape() {
        let (rejecting, clock) = (ClosedPort::bind(), skipping());
        let retries = RetryPolicy::default().with_max_attempts(8);
        let client = builder(&rejecting.url(), &clock).retries(retries).build().unwrap();
        let error = call.send(&client).await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Connect, 8), "{call:?}: {error}");
        let ends = [200, 400, 800, 1600, 3200, 5000, 5000].map(Duration::from_millis);
        let waits = clock.waits();
        assert_eq!(waits.len(), ends.len());
        assert!(waits.iter().zip(ends).all(|(wait, end)| *wait < end), "{waits:?}");
        assert!(waits.iter().any(|wait| *wait > Duration::from_millis(50)), "{waits:?}");
    }
}

#[tokio::test]
async fn a_retry_can_succeed() {
    for call in calls::of_each_shape() {
        let server = Server::start(success(&call));
        server.next(status("429 Too Many Requests", &[]));
        server.next(status("503 Service Unavailable", &["retry-after: 1"]));
        let client = builder(&server.url(), &skipping()).build().unwrap();
        call.send(&client).await.unwrap_or_else(|error| panic!("{call:?}: {error}"));
        assert_eq!(server.state().requests.len(), 3, "{call:?}");
    }
}

fn success(call: &Call) -> Vec<Act> {
    vec![Act::Read, Act::Write(response("200 OK", &["connection: close"], call.response))]
}

#[tokio::test]
async fn never_is_never() {
    for call in calls::of_each_shape() {
        let server = Server::start(status("429 Too Many Requests", &["retry-after: 1"]));
        let client = builder(&server.url(), &skipping()).build().unwrap();
        for quiet in [
            client.with_retries(RetryPolicy::never()),
            client.with_retries(RetryPolicy::never().with_max_attempts(0)),
        ] {
            let error = call.send(&quiet).await.unwrap_err();
            assert_eq!(error.attempts(), 1, "{call:?}: {error}");
            assert!(!error.to_string().contains("attempts"), "{error}");
        }
        assert_eq!(server.state().requests.len(), 2, "{call:?}");
    }
}

/// All attempts and the waits between them share one timeout.
#[tokio::test]
async fn time_runs_over_all_attempts() {
    for call in calls::of_each_shape() {
        let (server, clock) = (Server::start(vec![Act::Read, Act::Stall]), Clock::standing());
        server.next(status("429 Too Many Requests", &["retry-after: 7"]));
        let client = builder(&server.url(), &clock).timeout(Duration::from_secs(10)).build().unwrap();
        let time = async {
            // The timeout of the call, the timeout of the error's body, and the wait.
            clock.until_begun(3).await;
            clock.advance(Duration::from_secs(7));
            server.until(|state| state.stalled == 1).await;
            assert_eq!((clock.begun(), clock.sleepers()), (3, 1), "one timeout for both attempts");
            clock.advance(Duration::from_millis(2999));
            assert_eq!(clock.sleepers(), 1, "the second attempt ended before the time was over");
            clock.advance(Duration::from_millis(1));
        };
        let (outcome, ()) = tokio::join!(call.send(&client), time);
        let error = outcome.unwrap_err();
        assert_eq!((error.phase(), error.attempts()), (Some(Phase::Waiting), 2), "{call:?}: {error}");
        assert!(error.to_string().contains("within 10 s"), "{error}");
        server.until_all_closed().await;
    }
}
