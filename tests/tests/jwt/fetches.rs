//! How long a call waits for the keys, and what becomes of a fetch that nobody waits for.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use stytch_client::{Client, ErrorKind, Phase};
use stytch_client_tests::canaries;
use stytch_client_tests::clock::Clock;
use stytch_client_tests::server::{Act, Server};
use stytch_emulator::{Emulator, Fault};

use super::{HOUR, forged, log_in};

/// Where the keys of the emulator's project are.
fn keys_of(emulator: &Emulator) -> String {
    format!("/v1/sessions/jwks/{}", emulator.project_id())
}

/// A server that takes requests and answers none, and a client of it.
fn stalling() -> (Server, Clock, Client) {
    let (server, clock) = (Server::start(vec![Act::Read, Act::Stall]), Clock::standing());
    let client = Client::builder(canaries::PROJECT_ID, canaries::API_SECRET).base_url(server.url());
    let client = client.timer(clock.clone()).build().unwrap();
    (server, clock, client)
}

fn of_an_unknown_key() -> String {
    format!("{}.e30.c2ln", URL_SAFE_NO_PAD.encode(r#"{"alg":"RS256","kid":"k"}"#))
}

/// Who waits for somebody else's fetch waits no longer than their own limit.
#[tokio::test]
async fn a_limit_holds_while_another_task_fetches() {
    let (server, clock, client) = stalling();
    let jwt = of_an_unknown_key();
    let verify = |client: Client| {
        let jwt = jwt.clone();
        tokio::spawn(async move { client.sessions().authenticate_jwt(jwt).send().await })
    };
    let fetching = verify(client.clone());
    server.until(|state| state.stalled == 1).await;
    let begun = clock.begun();
    let waiting = verify(client.with_timeout(Duration::from_secs(2)));
    clock.until_begun(begun + 1).await;
    clock.advance(Duration::from_secs(2));
    let error = waiting.await.unwrap().unwrap_err();
    assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::Queued)), "{error}");
    assert!(error.to_string().contains("within 2s"), "{error}");
    assert!(!fetching.is_finished());

    // Whoever gives up leaves the fetch to those who wait for it; it ends with the limit.
    fetching.abort();
    let next = verify(client);
    clock.advance(Duration::from_secs(30));
    let error = next.await.unwrap().unwrap_err();
    assert_eq!((error.kind(), server.state().stalled), (ErrorKind::Timeout, 1), "{error}");
}

/// Anybody can send JWTs with invented key ids, and hang up.
#[tokio::test]
async fn calls_that_are_given_up_cause_one_fetch() {
    let logged = log_in().await;
    logged
        .emulator
        .fail_next(Fault::latency(Duration::from_millis(100)).on(keys_of(&logged.emulator)).times(100))
        .unwrap();
    for number in 0..20 {
        let invented = forged(&logged.jwt, 0, |header| header["kid"] = format!("key-{number}").into());
        let verify = logged.client.sessions().authenticate_jwt(invented).send();
        // One look at it, and it is dropped.
        assert!(tokio::time::timeout(Duration::ZERO, verify).await.is_err());
    }
    assert_eq!(logged.verify(logged.jwt.secret()).await, Ok(()));
    assert_eq!(logged.calls_to("/jwks/"), 1);
}

/// A set without keys would log everybody out.
#[tokio::test]
async fn an_empty_set_of_keys_replaces_nothing() {
    let logged = log_in().await;
    assert_eq!(logged.verify(logged.jwt.secret()).await, Ok(()));
    logged.clock.advance(HOUR);
    let empty = r#"{"status_code":200,"request_id":"request-id-test-1","keys":[]}"#;
    logged
        .emulator
        .fail_next(Fault::raw(200, "application/json", empty).on(keys_of(&logged.emulator)))
        .unwrap();
    let check = || logged.client.sessions().authenticate_jwt(logged.jwt.clone()).leeway(3 * HOUR).send();
    check().await.unwrap();
    check().await.unwrap();
    assert_eq!(logged.calls_to("/jwks/"), 2);
}

/// While the server of the keys hangs, a JWT whose key is known waits two seconds for it, once a minute.
#[tokio::test]
async fn a_known_key_waits_for_no_server_that_hangs() {
    let logged = log_in().await;
    assert_eq!(logged.verify(logged.jwt.secret()).await, Ok(()));
    logged.clock.advance(HOUR);
    logged.emulator.fail_next(Fault::latency(HOUR).on(keys_of(&logged.emulator)).times(100)).unwrap();
    let check = || logged.client.sessions().authenticate_jwt(logged.jwt.clone()).leeway(3 * HOUR).send();
    logged.clock.hurry();
    for _ in 0..4 {
        check().await.unwrap();
        logged.clock.advance(Duration::from_secs(15));
    }
    assert!(logged.calls_to("/jwks/") <= 2, "{}", logged.calls_to("/jwks/"));
}

/// The keys and the answer share the call's limit.
#[tokio::test]
async fn asking_the_api_after_the_keys_takes_no_second_limit() {
    let (server, clock, client) = stalling();
    let jwt = of_an_unknown_key();
    let verifying =
        tokio::spawn(async move { client.sessions().authenticate_jwt(jwt).fall_back_to_api().send().await });
    server.until(|state| state.stalled == 1).await;
    clock.advance(Duration::from_secs(30));
    let error = verifying.await.unwrap().unwrap_err();
    assert_eq!((error.kind(), clock.passed().as_secs()), (ErrorKind::Timeout, 30), "{error}");
}
