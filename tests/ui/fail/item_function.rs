use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub fn users() {}

fn main() {}
