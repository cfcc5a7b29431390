use stytch_client::object;

#[object]
pub struct Name(pub String);

fn main() {}
