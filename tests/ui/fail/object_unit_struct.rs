use stytch_client::object;

#[object]
pub struct Name;

fn main() {}
