//! A client is a struct with named fields, or without any.

use declapi::client;

#[client]
struct Api(u8);

fn main() {}
