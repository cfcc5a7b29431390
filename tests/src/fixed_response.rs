//! A client that needs no server, because its answer is known.

use stytch_client::{Client, RetryPolicy, TransportError, http};

use crate::canaries::{API_SECRET, PROJECT_ID};

/// A client that gets this answer to whatever it asks, and never asks twice.
pub fn told(status: u16, body: impl Into<Vec<u8>>) -> Client {
    let body: Vec<u8> = body.into();
    let transport = move |_| {
        let answer = http::Response::builder().status(status).body(body.clone().into());
        async move { answer.map_err(TransportError::unknown) }
    };
    let client = Client::builder(PROJECT_ID, API_SECRET).retries(RetryPolicy::never());
    client.transport(transport).build().expect("a client")
}
