//! A key that is nearly one.

use declapi::client;

#[client(base_ulr = "https://api.example.com")]
struct Api;

fn main() {}
