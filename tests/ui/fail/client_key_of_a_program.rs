//! What belongs to the program that uses the client.

use declapi::client;

#[client(base_url = "https://api.example.com", timeout = 30)]
struct Api;

fn main() {}
