//! A client must be a struct with named fields or without fields.

use declapi::client;

#[client]
struct Api(u8);

fn main() {}
