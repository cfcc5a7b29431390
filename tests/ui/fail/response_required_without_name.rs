use stytch_client::{JsonObject, response};

#[response]
pub struct User {
    #[response(required)]
    #[serde(skip)]
    pub name: String,
    #[response(required)]
    #[serde(flatten)]
    pub more: JsonObject,
}

fn main() {}
