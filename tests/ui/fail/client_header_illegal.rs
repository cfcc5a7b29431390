//! A header name and a header value that HTTP does not allow.

use declapi::client;

#[client(header("x api" = "3"), header("x-api" = "3\n"))]
struct Api;

fn main() {}
