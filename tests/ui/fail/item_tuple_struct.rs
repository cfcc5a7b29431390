use stytch_client::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users(#[endpoint(secret)] pub String);

fn main() {}
