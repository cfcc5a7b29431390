//! What declarations send, looked at without a server: one file a topic.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
// The fields of declarations that a test makes up say nothing that their names do not.
#![allow(missing_docs)]

mod attachment;
mod body;
mod builder;
mod conditional;
mod constants;
mod deprecated;
mod described;
mod flattened;
mod formats;
mod generics;
mod header;
mod numbers;
mod own_serializers;
mod path;
mod query;
mod query_styles;
mod responses;
mod secret;
mod segments;
mod serde_attributes;
mod unusual;
mod visibility;
mod wrong_bodies;

use declapi::{Endpoint, Request};

/// The request line and the body, as they would be sent.
fn sent(endpoint: &impl Endpoint) -> String {
    shown(&endpoint.request().unwrap())
}

fn shown(request: &Request) -> String {
    let line = format!("{} {}", request.method().as_str(), request.path());
    match request.body() {
        Some(body) => format!("{line} {}", std::str::from_utf8(body).unwrap()),
        None => line,
    }
}

/// What is said when the request cannot be built.
fn refused(endpoint: &impl Endpoint) -> String {
    endpoint.request().unwrap_err().to_string()
}
