use stytch_client::response;

#[response]
pub struct Users(pub Vec<String>);

fn main() {}
