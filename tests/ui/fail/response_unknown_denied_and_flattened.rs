use stytch_client::{JsonObject, response};

#[response]
#[serde(deny_unknown_fields)]
pub struct User {
    pub name: String,
    #[serde(flatten)]
    pub more: JsonObject,
}

fn main() {}
