//! A client is a struct.

use declapi::client;

#[client]
enum Api {
    One,
}

fn main() {}
