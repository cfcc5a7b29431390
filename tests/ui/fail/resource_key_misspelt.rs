use stytch_client::resource;

#[resource(nmae = people)]
pub struct Users;

fn main() {}
