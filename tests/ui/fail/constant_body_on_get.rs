use declapi::endpoint;

#[endpoint(get = "/a", response = (), body("stream" = true))]
pub struct Get;

#[endpoint(head = "/a", response = (), body("stream" = true))]
pub struct Probe;

fn main() {}
