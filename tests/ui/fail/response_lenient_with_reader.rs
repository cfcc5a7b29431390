use stytch_client::response;

#[response]
pub struct User {
    #[response(lenient)]
    #[serde(deserialize_with = "serde::Deserialize::deserialize")]
    pub age: Option<u8>,
    #[response(lenient)]
    #[serde(skip)]
    pub name: Option<String>,
}

fn main() {}
