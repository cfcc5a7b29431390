//! A misspelt key.

use declapi::client;

#[client(base_ulr = "https://api.example.com")]
struct Api;

fn main() {}
