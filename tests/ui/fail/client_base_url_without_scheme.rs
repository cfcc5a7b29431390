//! A host instead of a URL.

use declapi::client;

#[client(base_url = "api.example.com")]
struct Api;

fn main() {}
