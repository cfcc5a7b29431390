use stytch_client::response;

#[derive(Default, serde::Deserialize)]
pub struct Colour;

#[response]
pub struct User {
    pub eyes: Colour,
    pub hair: Option<Colour>,
}

fn main() {}
