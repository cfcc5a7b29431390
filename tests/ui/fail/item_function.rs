use stytch_client::endpoint;

#[endpoint(post = "/users", response = ())]
pub fn users() {}

fn main() {}
