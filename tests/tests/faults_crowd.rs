//! Ten thousand calls at once on one client.

use std::time::Duration;

use peak_alloc::PeakAlloc;
use stytch_client::{Client, Error};
use stytch_client_tests::canaries::{API_SECRET, PROJECT_ID};
use stytch_client_tests::server::{Act, Received, Server, success};
use tokio::task::JoinSet;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const CALLS: usize = 10_000;
/// What the client does by default, and what the files that a process may open leave room for on either side.
const CONNECTIONS: usize = 256;
/// What a waiting call may take, with the task that it is in and what the server notes of it. Measured: 4.2 KiB.
const MEMORY_PER_CALL: usize = 8 * 1024;

/// Answers with the address that was asked about, so that an answer in the wrong hands shows.
fn echo(request: &Received) -> Vec<u8> {
    let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
    success(&format!(r#"{{"valid_password":true,"request_id":{}}}"#, body["email"]))
}

fn start() -> (Server, Client) {
    let server = Server::start(vec![Act::Respond(echo)]);
    // The machine may be slow: that no limit runs out is not what this is about.
    let client = Client::builder(PROJECT_ID, API_SECRET).base_url(server.url());
    (server, client.timeout(Duration::from_secs(3600)).build().unwrap())
}

async fn call(client: Client, number: usize) -> Result<(), Error> {
    let email = format!("user-{number}@example.com");
    let checked = client.passwords().strength_check().password("x").email(&*email).send().await?;
    assert_eq!(checked.request_id, email);
    Ok(())
}

// One test, so that nothing else allocates while the memory is measured.
#[tokio::test]
async fn all_are_answered_and_dropping_half_hurts_none_of_the_others() {
    let (server, client) = start();
    MEMORY.reset_peak_usage();
    let before = MEMORY.current_usage();
    let mut calls = JoinSet::new();
    (0..CALLS).for_each(|number| drop(calls.spawn(call(client.clone(), number))));
    while let Some(outcome) = calls.join_next().await {
        outcome.unwrap().unwrap();
    }
    let used = MEMORY.peak_usage() - before;
    assert!(used < CALLS * MEMORY_PER_CALL, "{} KiB a call", used / CALLS / 1024);
    let state = server.state();
    assert_eq!(state.requests.len(), CALLS);
    assert!(state.most_open <= CONNECTIONS, "{} connections", state.most_open);
    drop(client);
    server.until_all_closed().await;

    half_of_them_dropped().await;
}

async fn half_of_them_dropped() {
    let (server, client) = start();
    server.hold(true);
    let mut kept = JoinSet::new();
    let mut dropped = JoinSet::new();
    for number in 0..CALLS {
        let calls = if number % 2 == 0 { &mut kept } else { &mut dropped };
        calls.spawn(call(client.clone(), number));
    }
    // Now half of the connections, and half of the queue, belong to calls that are given up.
    server.until(|state| state.requests.len() == CONNECTIONS).await;
    dropped.shutdown().await;
    server.hold(false);
    let mut answered = 0;
    while let Some(outcome) = kept.join_next().await {
        outcome.unwrap().unwrap();
        answered += 1;
    }
    assert_eq!(answered, CALLS / 2);
    let state = server.state();
    assert!(state.requests.len() <= CALLS / 2 + CONNECTIONS / 2, "{} requests", state.requests.len());
    drop(client);
    server.until_all_closed().await;
}
