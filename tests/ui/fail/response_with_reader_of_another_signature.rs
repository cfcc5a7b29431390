use stytch_client::response;

#[response]
pub struct User {
    #[serde(deserialize_with = "seconds")]
    pub age: u8,
    #[serde(serialize_with = "seconds")]
    pub height: u8,
    #[serde(default = "seconds")]
    pub weight: u8,
    #[serde(skip_serializing_if = "seconds")]
    pub shoe: u8,
    #[serde(deserialize_with = "nowhere")]
    pub hat: u8,
}

fn seconds(text: &str) -> u8 {
    text.len() as u8
}

fn main() {}
