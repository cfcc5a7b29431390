//! The emulator in a test: each test has a separate server, and controls its clock and its faults.
//!
//! The body of `main` would be the body of a `#[tokio::test]`.

use std::time::Duration;

use stytch_client::Client;
use stytch_emulator::{Emulator, Fault};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::builder().strict(true).start().await?;
    let client =
        Client::builder(emulator.project_id(), emulator.secret()).base_url(emulator.base_url()).build()?;

    // The calls of the code under test.
    let create =
        client.passwords().create().email("ada@example.com").password("correct horse battery staple");
    let token =
        create.session_duration_minutes(60).send().await?.session_token.ok_or("a session was asked for")?;

    // The requests that arrived, with their exact bytes.
    let requests = emulator.requests();
    println!("{} {} with {} bytes", requests[0].method, requests[0].path, requests[0].body.len());

    // The server is too busy once. The client waits as long as the response says, and the caller does not notice it.
    emulator.fail_next(Fault::rate_limited(0))?;
    client.sessions().authenticate().session_token(token.secret()).send().await?;
    println!("{} requests so far", emulator.requests().len());

    // An hour passes without waiting.
    emulator.advance(Duration::from_secs(60 * 60));
    match client.sessions().authenticate().session_token(token.secret()).send().await {
        Ok(_) => println!("that session should have ended"),
        Err(error) => println!("{error}"),
    }
    Ok(())
}
