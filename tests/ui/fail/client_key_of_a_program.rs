//! Settings that the program sets on the builder.

use declapi::client;

#[client(base_url = "https://api.example.com", timeout = 30, retries = 3)]
struct Api;

fn main() {}
