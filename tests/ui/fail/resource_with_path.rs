use stytch_client::resource;

#[resource("/users")]
pub struct Users;

fn main() {}
