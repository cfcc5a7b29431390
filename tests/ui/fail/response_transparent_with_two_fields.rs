use stytch_client::response;

#[response]
#[serde(transparent)]
pub struct User {
    pub name: String,
    pub age: u8,
}

fn main() {}
