//! Two base URLs.

use declapi::client;

#[client(base_url = "https://a.example.com", base_url = "https://b.example.com")]
struct Api;

fn main() {}
