use stytch_client::resource;

#[resource]
pub struct Users(String);

fn main() {}
