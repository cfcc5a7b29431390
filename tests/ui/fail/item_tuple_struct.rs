use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users(#[endpoint(secret)] pub String);

fn main() {}
