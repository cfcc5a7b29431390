//! An endpoint that the client does not have: one struct for the request, one for the response, one for the resource.
//!
//! The emulator keeps the mails that Stytch would send, and returns them at a path that is not
//! a part of the API. The declarations below add it to the client; the calls then look like the client's own.

use std::error::Error;

use declapi::{endpoint, resource, response};
use stytch_client::Client;
use stytch_emulator::Emulator;

/// What the emulator can be told and asked beside the API.
#[resource]
pub struct Controls;

/// Lists the mails that would have been sent.
#[endpoint(get = "/_emulator/outbox", response = OutboxResponse, on = Controls)]
pub struct Outbox;

/// Lets time pass.
#[endpoint(post = "/_emulator/clock", response = ClockResponse, on = Controls)]
pub struct Clock {
    /// How many seconds pass; none if it is left out.
    pub advance_seconds: Option<u32>,
}

/// The mails, oldest first.
#[response]
#[derive(Debug)]
pub struct OutboxResponse {
    /// One for each reset that was started.
    pub messages: Vec<Message>,
}

/// A mail.
#[response]
#[derive(Debug)]
pub struct Message {
    /// The address that it is for.
    pub to: String,
    /// The language that was asked for.
    pub locale: Option<String>,
}

/// What time it is.
#[response]
#[derive(Debug)]
pub struct ClockResponse {
    /// The time of the emulator, as RFC 3339 writes it.
    pub now: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = Emulator::start().await?;
    let client =
        Client::builder(emulator.project_id(), emulator.secret()).base_url(emulator.base_url()).build()?;

    client
        .passwords()
        .create()
        .email("ada@example.com")
        .password("correct horse battery staple")
        .send()
        .await?;
    client.passwords().email().reset_start().email("ada@example.com").send().await?;

    let outbox = client.controls().outbox().send().await?;
    println!("{} mail, the first to {}", outbox.messages.len(), outbox.messages[0].to);

    let later = client.controls().clock().advance_seconds(3600_u32).send().await?;
    println!("an hour later it is {}", later.now);
    Ok(())
}
