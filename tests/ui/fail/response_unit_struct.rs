use stytch_client::response;

#[response]
pub struct Nothing;

fn main() {}
