//! Every fault against an endpoint of each shape: the call returns the documented error, no connection is left open,
//! and the next call works.

#[path = "faults/catalogue.rs"]
mod catalogue;

use std::time::Duration;

use stytch_client::{Client, Error, ErrorKind, Phase, RetryPolicy};
use stytch_client_tests::calls::{self, Call};
use stytch_client_tests::clock::Clock;
use stytch_client_tests::server::{Act, ClosedPort, Server, State, response};

use self::catalogue::{FAULTS, Fault};

const LIMIT: Duration = Duration::from_secs(30);

fn client(url: &str, clock: &Clock) -> Client {
    let client = calls::client_of(url).timer(clock.clone());
    client.timeout(LIMIT).retries(RetryPolicy::never()).build().unwrap()
}

/// A success after which the server closes the connection, so that the next call uses a new one.
fn good_and_gone(call: &Call) -> Vec<Act> {
    let good = response("200 OK", &["content-type: application/json", "connection: close"], call.response);
    vec![Act::Read, Act::Write(good)]
}

#[tokio::test]
async fn every_fault_against_each_shape() {
    for call in calls::of_each_shape() {
        let (server, clock) = (Server::start(good_and_gone(&call)), Clock::standing());
        let client = client(&server.url(), &clock);
        for fault in FAULTS {
            let error = provoke(fault, &call, &server, &client, &clock).await;
            let what = format!("{} at {}: {error:?}", fault.name, call.name);
            assert!(fault.kinds.contains(&error.kind()), "{what}");
            assert_eq!(error.status(), fault.status, "{what}");
            assert_eq!(error.phase(), fault.phase, "{what}");
            assert_eq!(error.attempts(), 1, "{what}");
            assert_eq!(error.endpoint().map(|info| info.path), Some(call.info.path), "{what}");
            assert_eq!(clock.sleepers(), 0, "a timeout outlived its call: {what}");
            server.until_all_closed().await;

            call.send(&client).await.unwrap_or_else(|error| panic!("after {what}: {error:?}"));
            server.until_all_closed().await;
        }
        assert_eq!(server.state().accepted, 2 * FAULTS.len(), "a connection that no call asked for");
    }
}

/// Makes a call that runs into the fault. If the fault is about time, advances the clock.
async fn provoke(fault: &Fault, call: &Call, server: &Server, client: &Client, clock: &Clock) -> Error {
    server.next((fault.script)());
    let State { stalled, requests, .. } = server.state();
    let running = async {
        if fault.phase == Some(Phase::Reading) {
            server.until_responded(requests.len() + 1, clock).await;
        }
        if fault.phase.is_some() {
            server.until(|state| state.stalled > stalled).await;
            clock.advance(LIMIT);
        }
    };
    let (outcome, ()) = tokio::join!(call.send(client), running);
    match outcome {
        Ok(response) => panic!("{} at {} gave {response}", fault.name, call.name),
        Err(error) => error,
    }
}

#[tokio::test]
async fn a_server_that_comes_up_later() {
    for call in calls::of_each_shape() {
        let (rejecting, clock) = (ClosedPort::bind(), Clock::standing());
        let client = client(&rejecting.url(), &clock);
        let error = call.send(&client).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Connect, "{call:?}: {error:?}");
        assert!(error.is_connect() && error.is_retryable(), "{call:?}: {error:?}");
        assert!(error.to_string().contains(&rejecting.url()), "{call:?}: {error}");

        let server = rejecting.serve(good_and_gone(&call));
        call.send(&client).await.unwrap_or_else(|error| panic!("{call:?}: {error:?}"));
        server.until_all_closed().await;
        assert_eq!(server.state().accepted, 1, "{call:?}");
    }
}

/// If a call is dropped, its connection is closed.
#[tokio::test]
async fn a_call_that_is_given_up_frees_its_connection() {
    for call in calls::of_each_shape() {
        let (server, clock) = (Server::start(good_and_gone(&call)), Clock::standing());
        let client = client(&server.url(), &clock);
        for script in [vec![Act::Await, Act::Stall], catalogue::half_a_body_and_stall()] {
            let stalled = server.state().stalled;
            server.next(script);
            tokio::select! {
                biased;
                outcome = call.send(&client) => panic!("{call:?}: {outcome:?}"),
                _ = server.until(|state| state.stalled > stalled) => {}
            }
            server.until_all_closed().await;
            assert_eq!(clock.sleepers(), 0, "{call:?}");
        }
        call.send(&client).await.unwrap_or_else(|error| panic!("{call:?}: {error:?}"));
    }
}
