//! A client has no lifetimes.

use declapi::client;

#[client]
struct Declared<'a> {
    name: &'a str,
}

#[client]
struct LeftOut {
    name: &str,
    other: &'a u8,
}

fn main() {}
