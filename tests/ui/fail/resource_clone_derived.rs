use stytch_client::resource;

#[resource]
#[derive(Clone, PartialEq)]
pub struct Users;

fn main() {}
