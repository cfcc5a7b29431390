use declapi::response;

#[response]
pub struct User {
    #[serde(deserialize_with = seconds)]
    pub age: u8,
}

fn main() {}
