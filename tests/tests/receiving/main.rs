//! The types that a response can be read into: one file per topic.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
// The names of the fields in these declarations need no documentation.
#![allow(missing_docs)]

mod envelopes;
mod events;
mod optional;
mod streams;
mod without_a_client;

use std::time::Duration;

use declapi::{Client, ClientBuilder};
use stytch_client_tests::clock::Clock;

const HOUR: Duration = Duration::from_secs(3600);

/// A client with a clock that only the test moves.
fn builder(url: &str, clock: &Clock) -> ClientBuilder {
    Client::builder(url).timer(clock.clone()).timeout(HOUR).bearer_auth("key-which-is-secret")
}

fn client(url: &str) -> Client {
    builder(url, &Clock::standing()).build().unwrap()
}
