use stytch_client::resource;

#[resource]
pub struct Users<'a>;

fn main() {}
