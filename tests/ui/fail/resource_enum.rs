use stytch_client::resource;

#[resource]
pub enum Users {}

fn main() {}
