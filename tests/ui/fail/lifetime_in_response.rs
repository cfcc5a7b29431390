use declapi::endpoint;

#[endpoint(get = "/users", response = Option<&'a str>)]
pub struct Get;

#[endpoint(get = "/users", response = &str)]
pub struct List;

fn main() {}
