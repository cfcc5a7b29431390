//! The emulator from a test: a server of its own for each test, whose clock and faults the test commands.
//!
//! The body of `main` is what a `#[tokio::test]` would hold.

use std::time::Duration;

use stytch_client::Client;
use stytch_emulator::{Emulator, Fault};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::builder().strict(true).start().await?;
    let client =
        Client::builder(emulator.project_id(), emulator.secret()).base_url(emulator.base_url()).build()?;

    // What the code under test does.
    let create =
        client.passwords().create().email("ada@example.com").password("correct horse battery staple");
    let token =
        create.session_duration_minutes(60).send().await?.session_token.ok_or("a session was asked for")?;

    // What arrived, to the byte.
    let requests = emulator.requests();
    println!("{} {} with {} bytes", requests[0].method, requests[0].path, requests[0].body.len());

    // A server that is too busy once: the client waits as it is told, and nobody notices.
    emulator.fail_next(Fault::rate_limited(0))?;
    client.sessions().authenticate().session_token(token.secret()).send().await?;
    println!("{} requests so far", emulator.requests().len());

    // An hour later, without waiting for it.
    emulator.advance(Duration::from_secs(60 * 60));
    match client.sessions().authenticate().session_token(token.secret()).send().await {
        Ok(_) => println!("that session should have ended"),
        Err(error) => println!("{error}"),
    }
    Ok(())
}
