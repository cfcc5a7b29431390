//! A header that is only a name.

use declapi::client;

#[client(header = "x-api-version")]
struct Api;

fn main() {}
