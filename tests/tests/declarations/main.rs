//! The requests of declarations, checked without a server: one file per topic.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
// The names of the fields in these declarations need no documentation.
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
mod marks;
mod numbers;
mod own_serializers;
mod path;
mod query;
mod query_styles;
mod responses;
mod secret;
mod secrets_in_values;
mod segments;
mod serde_attributes;
mod unusual;
mod visibility;
mod wrong_bodies;

use declapi::{Endpoint, Request};

/// Returns the request line and the body that would be sent.
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

/// Returns the error of a request that cannot be built.
fn rejected(endpoint: &impl Endpoint) -> String {
    endpoint.request().unwrap_err().to_string()
}
