//! An endpoint that the client does not have: one struct for the request, one for the response, one for the resource.
//!
//! The emulator keeps the emails that Stytch would send, and returns them at a path that is not a part of the API.
//! The declarations below add this path to the client. The calls then look like the client's other calls.

use std::error::Error;

use declapi::{endpoint, resource, response};
use stytch_client::Client;
use stytch_emulator::Emulator;

/// The control endpoints of the emulator.
#[resource]
pub struct Controls;

/// Lists the emails that would have been sent.
#[endpoint(get = "/_emulator/outbox", response = OutboxResponse, on = Controls)]
pub struct Outbox;

/// Moves the clock forward.
#[endpoint(post = "/_emulator/clock", response = ClockResponse, on = Controls)]
pub struct Clock {
    /// The number of seconds; 0 by default.
    pub advance_seconds: Option<u32>,
}

/// The emails, oldest first.
#[response]
#[derive(Debug)]
pub struct OutboxResponse {
    /// One for each reset that was started.
    pub messages: Vec<Message>,
}

/// An email.
#[response]
#[derive(Debug)]
pub struct Message {
    /// The recipient.
    pub to: String,
    /// The requested language.
    pub locale: Option<String>,
}

/// The time of the emulator.
#[response]
#[derive(Debug)]
pub struct ClockResponse {
    /// The time, in the format of RFC 3339.
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
