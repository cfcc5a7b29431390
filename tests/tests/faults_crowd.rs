//! Ten thousand concurrent calls on one client.

use std::time::Duration;

use peak_alloc::PeakAlloc;
use stytch_client::{Client, Error};
use stytch_client_tests::canaries::{API_SECRET, PROJECT_ID};
use stytch_client_tests::server::{Act, Received, Server, success};
use tokio::task::JoinSet;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const CALLS: usize = 10_000;
/// The default limit of the client, which is low enough for the open files of a process.
const CONNECTIONS: usize = 256;
/// The maximum memory of a waiting call, including its task and the record of the server. Measured: 4.2 KiB.
const MEMORY_PER_CALL: usize = 8 * 1024;

/// Responds with the requested address, so that a response to the wrong call is detected.
fn echo(request: &Received) -> Vec<u8> {
    let body: serde_json::Value = serde_json::from_slice(&request.body).unwrap();
    success(&format!(r#"{{"valid_password":true,"request_id":{}}}"#, body["email"]))
}

fn start() -> (Server, Client) {
    let server = Server::start(vec![Act::Respond(echo)]);
    // The machine may be slow. This test is not about timeouts.
    let client = Client::builder(PROJECT_ID, API_SECRET).base_url(server.url());
    (server, client.timeout(Duration::from_secs(3600)).build().unwrap())
}

async fn call(client: Client, number: usize) -> Result<(), Error> {
    let email = format!("user-{number}@example.com");
    let checked = client.passwords().strength_check().password("x").email(&*email).send().await?;
    assert_eq!(checked.request_id, email);
    Ok(())
}

// One test, so that no other test allocates while the memory is measured.
#[tokio::test]
async fn all_get_responses_and_dropping_half_does_not_affect_the_others() {
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
    // Now half of the connections, and half of the queue, belong to dropped calls.
    server.until(|state| state.requests.len() == CONNECTIONS).await;
    dropped.shutdown().await;
    server.hold(false);
    let mut responded = 0;
    while let Some(outcome) = kept.join_next().await {
        outcome.unwrap().unwrap();
        responded += 1;
    }
    assert_eq!(responded, CALLS / 2);
    let state = server.state();
    assert!(state.requests.len() <= CALLS / 2 + CONNECTIONS / 2, "{} requests", state.requests.len());
    drop(client);
    server.until_all_closed().await;
}
