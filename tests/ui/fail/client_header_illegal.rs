//! A name and a value that HTTP cannot spell.

use declapi::client;

#[client(header("x api" = "3"), header("x-api" = "3\n"))]
struct Api;

fn main() {}
