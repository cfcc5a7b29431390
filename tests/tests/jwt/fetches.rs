//! How long a call waits for the keys, and what happens to a fetch without waiting calls.

use std::future::poll_fn;
use std::task::Poll;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use stytch_client::{
    Client, ErrorKind, JwtError, JwtProblem, KeysError, Phase, RetryPolicy, VerifiedSession,
};
use stytch_client_tests::canaries;
use stytch_client_tests::clock::Clock;
use stytch_client_tests::server::{Act, Server, success};
use stytch_emulator::{Emulator, Fault};
use tokio::task::JoinHandle;

use super::{HOUR, log_in};

/// The path of the keys of the emulator's project.
fn keys_of(emulator: &Emulator) -> String {
    format!("/v1/sessions/jwks/{}", emulator.project_id())
}

/// A server that accepts requests without a response, and a client of it.
fn stalling() -> (Server, Clock, Client) {
    let (server, clock) = (Server::start(vec![Act::Read, Act::Stall]), Clock::standing());
    let client = Client::builder(canaries::PROJECT_ID, canaries::API_SECRET).base_url(server.url());
    let client = client.timer(clock.clone()).build().unwrap();
    (server, clock, client)
}

/// A server with these keys, and a client of it.
fn of_keys(set: &str) -> (Server, Clock, Client) {
    let (server, clock) = (Server::start(vec![Act::Serve(success(set))]), Clock::standing());
    let client = Client::builder(canaries::PROJECT_ID, canaries::API_SECRET).base_url(server.url());
    let client = client.timer(clock.clone()).build().unwrap();
    (server, clock, client)
}

/// A JWT with an invalid signature, and with the id of a key.
fn with_key(id: &str) -> String {
    let header = URL_SAFE_NO_PAD.encode(json!({"alg": "RS256", "kid": id}).to_string());
    format!("{header}.e30.c2ln")
}

/// Starts a verification in a separate task.
fn verify(client: &Client, jwt: String) -> Verifying {
    let client = client.clone();
    tokio::spawn(async move { client.sessions().authenticate_jwt(jwt).send().await })
}

/// The same, followed by a call of the API.
fn verify_or_ask(client: &Client) -> Verifying {
    let client = client.clone();
    let jwt = of_an_unknown_key();
    tokio::spawn(async move { client.sessions().authenticate_jwt(jwt).fall_back_to_api().send().await })
}

type Verifying = JoinHandle<Result<VerifiedSession, JwtError>>;

/// Checks that a call stopped waiting for the keys after its own timeout.
#[track_caller]
fn gave_up(error: &JwtError, after: Duration, shown: &str) {
    assert!(matches!(error, JwtError::Keys(KeysError::Timeout(timeout)) if *timeout == after), "{error:?}");
    assert!(error.is_timeout(), "{error:?}");
    assert!(error.to_string().contains(&format!("still being fetched after {shown}")), "{error}");
}

fn of_an_unknown_key() -> String {
    with_key("k")
}

/// A call that waits for the fetch of another call waits no longer than its own timeout.
#[tokio::test]
async fn a_timeout_applies_while_another_task_fetches() {
    let (server, clock, client) = stalling();
    let fetching = verify(&client, of_an_unknown_key());
    server.until(|state| state.stalled == 1).await;
    let begun = clock.begun();
    let waiting = verify(&client.with_timeout(Duration::from_secs(2)), of_an_unknown_key());
    clock.until_begun(begun + 1).await;
    clock.advance(Duration::from_secs(2));
    let error = waiting.await.unwrap().unwrap_err();
    gave_up(&error, Duration::from_secs(2), "2 s");
    assert!(!fetching.is_finished());

    // If a call ends, the fetch continues for the other calls. It ends with its own timeout.
    fetching.abort();
    let next = verify(&client, of_an_unknown_key());
    clock.advance(Duration::from_secs(28));
    let error = next.await.unwrap().unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_eq!(server.state().stalled, 1);
}

/// An attacker can send JWTs with invented key ids, and close the connection.
#[tokio::test]
async fn calls_that_are_given_up_cause_one_fetch() {
    let (server, clock, client) = of_keys(r#"{"keys":[{"kid":"k","kty":"RSA","n":"AQAB","e":"AQAB"}]}"#);
    server.hold(true);
    for number in 0..20 {
        let begun = clock.begun();
        let call = verify(&client, with_key(&format!("key-{number}")));
        clock.until_begun(begun + 1).await;
        server.until(|state| state.requests.len() == 1).await;
        call.abort();
        assert!(call.await.unwrap_err().is_cancelled());
    }
    server.hold(false);
    let error = client.sessions().authenticate_jwt(with_key("k")).send().await.unwrap_err();
    assert_eq!(error.problem(), Some(JwtProblem::Signature), "the key is there: {error}");
    assert_eq!(server.state().requests.len(), 1);
}

/// The timeout of one call does not affect the others.
#[tokio::test]
async fn one_callers_timeout_does_not_affect_others() {
    let (server, clock, client) = of_keys(r#"{"keys":[{"kid":"k","kty":"RSA","n":"AQAB","e":"AQAB"}]}"#);
    server.hold(true);
    let hurried = client.with_timeout(Duration::from_millis(50)).with_retries(RetryPolicy::never());
    let hurried = verify(&hurried, with_key("k"));
    server.until(|state| state.requests.len() == 1).await;
    let begun = clock.begun();
    let patient = verify(&client, with_key("k"));
    clock.until_begun(begun + 1).await;
    clock.advance(Duration::from_millis(50));
    let error = hurried.await.unwrap().unwrap_err();
    gave_up(&error, Duration::from_millis(50), "0.05 s");

    clock.advance(Duration::from_secs(9));
    server.hold(false);
    let error = patient.await.unwrap().unwrap_err();
    assert_eq!(error.problem(), Some(JwtProblem::Signature), "the keys came: {error}");
    assert_eq!(server.state().requests.len(), 1);
}

/// A program may start a call and wait for another one before it polls the first one again, for example in the body of a
/// loop over `FuturesUnordered`.
#[tokio::test]
async fn a_call_that_is_not_polled_does_not_block_others() {
    let (server, clock, client) = of_keys(r#"{"keys":[{"kid":"k","kty":"RSA","n":"AQAB","e":"AQAB"}]}"#);
    server.hold(true);
    let fetching = verify(&client, with_key("k"));
    server.until(|state| state.requests.len() == 1).await;
    let mut stalled = Box::pin(client.sessions().authenticate_jwt(with_key("k")).send());
    assert!(poll_fn(|context| Poll::Ready(stalled.as_mut().poll(context).is_pending())).await);
    let begun = clock.begun();
    let waiting = verify(&client, with_key("k"));
    clock.until_begun(begun + 1).await;
    server.hold(false);
    for verified in [fetching.await.unwrap(), waiting.await.unwrap(), stalled.await] {
        assert_eq!(verified.unwrap_err().problem(), Some(JwtProblem::Signature), "the key is there");
    }
    assert_eq!(server.state().requests.len(), 1);
}

/// The error contains the duration of the fetch, not the duration of a call.
#[tokio::test]
async fn the_error_of_a_fetch_is_its_own() {
    let (server, clock, client) = stalling();
    let hurried = client.with_timeout(Duration::from_secs(1));
    let hurried = verify(&hurried, of_an_unknown_key());
    server.until(|state| state.stalled == 1).await;
    clock.advance(Duration::from_secs(1));
    gave_up(&hurried.await.unwrap().unwrap_err(), Duration::from_secs(1), "1 s");
    let begun = clock.begun();
    let patient = verify(&client.with_timeout(HOUR), of_an_unknown_key());
    clock.until_begun(begun + 1).await;
    clock.advance(Duration::from_secs(29));
    for error in [
        patient.await.unwrap().unwrap_err(),
        client.sessions().authenticate_jwt(of_an_unknown_key()).send().await.unwrap_err(),
        client.with_timeout(HOUR).sessions().authenticate_jwt(of_an_unknown_key()).send().await.unwrap_err(),
    ] {
        assert!(matches!(error, JwtError::Keys(KeysError::Call(_))), "{error:?}");
        let error = error.call_error().unwrap();
        assert_eq!((error.kind(), error.phase()), (ErrorKind::Timeout, Some(Phase::Waiting)), "{error}");
        assert!(error.to_string().contains("within 30 s"), "{error}");
        assert_eq!(error.endpoint().unwrap().path, "/v1/sessions/jwks/{project_id}");
    }
    assert_eq!(server.state().stalled, 1);
}

/// The first entries are not keys, or not the right one. The last one is.
#[tokio::test]
async fn every_key_with_the_id_is_tried() {
    let logged = log_in().await;
    let keys = logged.client.sessions().jwks().project_id(logged.emulator.project_id()).send().await.unwrap();
    let right = serde_json::to_value(&keys.keys[0]).unwrap();
    let with = |name: &str, value: Value| {
        let mut key = right.clone();
        key[name] = value;
        key
    };
    let mut wrong = with("n", "AQAB".into());
    wrong["e"] = "AQAB".into();
    let mut set = vec![
        json!(null),
        json!(7),
        json!("key"),
        json!([]),
        json!({}),
        json!({"kid": 7}),
        json!([[], {}]),
        with("n", json!(7)),
        with("n", "*".into()),
        with("kty", "EC".into()),
        with("use", "enc".into()),
        with("alg", json!(null)),
        wrong,
    ];
    set.extend((0..40).map(|number| with("kid", format!("other-{number}").into())));
    set.push(right.clone());
    set.push(json!(null));
    let fetched_with = async |set: &[Value]| {
        logged.clock.advance(Duration::from_secs(61));
        let body = json!({"status_code": 200, "keys": set}).to_string();
        logged
            .emulator
            .fail_next(Fault::raw(200, "application/json", body).on(keys_of(&logged.emulator)))
            .unwrap();
        logged.verify(logged.jwt.secret()).await
    };
    assert_eq!(fetched_with(&set).await, Ok(()));

    // If all keys with the id are wrong, the JWT is forged.
    let logged = log_in().await;
    let wrong: Vec<Value> =
        set.iter().filter(|key| **key != right && key["alg"] != json!(null)).cloned().collect();
    let body = json!({"keys": wrong}).to_string();
    logged
        .emulator
        .fail_next(Fault::raw(200, "application/json", body).on(keys_of(&logged.emulator)))
        .unwrap();
    assert_eq!(logged.verify(logged.jwt.secret()).await, Err(JwtProblem::Signature));
}

/// Keys are fetched once an hour.
#[tokio::test]
async fn known_keys_are_valid_for_an_hour() {
    let logged = log_in().await;
    let check = || logged.client.sessions().authenticate_jwt(logged.jwt.clone()).leeway(9 * HOUR).send();
    check().await.unwrap();
    for minute in 1..60 {
        logged.clock.advance(Duration::from_secs(60));
        check().await.unwrap();
        assert_eq!(logged.calls_to("/jwks/"), 1, "after {minute} minutes");
    }
    logged.clock.advance(Duration::from_secs(60));
    check().await.unwrap();
    check().await.unwrap();
    assert_eq!(logged.calls_to("/jwks/"), 2);
}

/// An empty list of keys would log all users out.
#[tokio::test]
async fn an_empty_list_of_keys_is_ignored() {
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

/// If the server of the keys hangs, a JWT with a known key waits two seconds for it, once a minute.
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

/// A server that accepts requests for keys without a response, and responds to a request for a session.
fn without_keys() -> (Server, Clock, Client) {
    let (server, clock, client) = stalling();
    server.next(vec![Act::Read, Act::Stall]);
    server.next(vec![Act::Read, Act::Write(success(SESSION))]);
    (server, clock, client)
}

const SESSION: &str =
    r#"{"status_code":200,"request_id":"request-id-test-1","session":{"session_id":"session-test-1"}}"#;

/// A verification that can call the API waits for keys only as long as enough time for the API is left.
#[tokio::test]
async fn the_api_has_time_left_when_the_keys_do_not_come() {
    for (timeout, patience) in [(30_000, 2_000), (1_000, 500), (50, 25)] {
        let patience = Duration::from_millis(patience);
        let (server, clock, client) = without_keys();
        let client = client.with_timeout(Duration::from_millis(timeout));
        let verifying = verify_or_ask(&client);
        server.until(|state| state.stalled == 1).await;
        clock.advance(patience);
        let verified = verifying.await.unwrap().unwrap_or_else(|error| panic!("{timeout}: {error}"));
        assert_eq!(verified.session.session_id, "session-test-1");
        assert_eq!(server.state().requests.len(), 2);
    }
}

/// The same for many calls that share the fetch: all of them reach the API.
#[tokio::test]
async fn a_crowd_reaches_the_api_without_keys() {
    let (server, clock) = (Server::start(vec![Act::Respond(|_| success(SESSION))]), Clock::standing());
    server.next(vec![Act::Read, Act::Stall]);
    let client = Client::builder(canaries::PROJECT_ID, canaries::API_SECRET).base_url(server.url());
    let client = client.timer(clock.clone()).timeout(Duration::from_secs(1)).build().unwrap();
    let calls: Vec<_> = (0..50).map(|_| verify_or_ask(&client)).collect();
    server.until(|state| state.stalled == 1).await;
    // One timer for each call, and one for the fetch.
    clock.until_begun(51).await;
    clock.advance(Duration::from_millis(500));
    for call in calls {
        call.await.unwrap().unwrap_or_else(|error| panic!("{error}"));
    }
    assert_eq!(server.state().requests.len(), 51);
}

/// The keys and the API share the timeout of the call.
#[tokio::test]
async fn asking_the_api_after_the_keys_takes_no_second_timeout() {
    let (server, clock, client) = stalling();
    let verifying = verify_or_ask(&client);
    server.until(|state| state.stalled == 1).await;
    clock.advance(Duration::from_secs(2));
    server.until(|state| state.stalled == 2).await;
    clock.advance(Duration::from_secs(28));
    let error = verifying.await.unwrap().unwrap_err();
    let error = crate::of_the_api(error);
    assert_eq!((error.kind(), clock.passed().as_secs()), (ErrorKind::Timeout, 30), "{error}");
    assert_eq!(error.endpoint().unwrap().path, "/v1/sessions/authenticate");
}
