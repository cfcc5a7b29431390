//! A client with a fixed response, which needs no server.

use stytch_client::{Client, RetryPolicy, TransportError, http};

use crate::canaries::{API_SECRET, PROJECT_ID};

/// Returns a client that gets this response to every request, and does not retry.
pub fn client_with(status: u16, body: impl Into<Vec<u8>>) -> Client {
    let body: Vec<u8> = body.into();
    let transport = move |_| {
        let response = http::Response::builder().status(status).body(body.clone().into());
        async move { response.map_err(TransportError::unknown) }
    };
    let client = Client::builder(PROJECT_ID, API_SECRET).retries(RetryPolicy::never());
    client.transport(transport).build().expect("a client")
}
