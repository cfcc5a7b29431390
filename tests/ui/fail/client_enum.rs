//! A client must be a struct.

use declapi::client;

#[client]
enum Api {
    One,
}

fn main() {}
