//! A response type that could never be read.

use declapi::{endpoint, response};

fn main() {}

#[response]
struct User {
    name: String,
}

#[endpoint(head = "/users/{id}", response = User)]
struct Exists {
    id: u8,
}
