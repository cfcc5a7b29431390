use declapi::{client, endpoint, resource};

#[endpoint(post = "/a", response = (), idempotency_key)]
pub struct Bare;

#[endpoint(post = "/a", response = (), idempotency_key = "Idempotency Key")]
pub struct Illegal;

#[endpoint(post = "/a", response = (), idempotency_key = "X-Key", header("x-key" = "1"))]
pub struct Constant;

#[resource(idempotency_key = "X-Key", header("x-key" = "1"))]
pub struct Things;

#[client(idempotency_key = "Host")]
pub struct Api;

fn main() {}
