//! What a response is read into: one file a topic.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
// The fields of declarations that a test makes up say nothing that their names do not.
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

/// A client whose time passes only when the test says so.
fn builder(url: &str, clock: &Clock) -> ClientBuilder {
    Client::builder(url).timer(clock.clone()).timeout(HOUR).bearer_auth("key-which-is-secret")
}

fn client(url: &str) -> Client {
    builder(url, &Clock::standing()).build().unwrap()
}
