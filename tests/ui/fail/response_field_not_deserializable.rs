use declapi::response;

#[derive(Default, serde::Serialize)]
pub struct Colour;

#[response]
pub struct User {
    pub eyes: Colour,
    pub hair: Option<Colour>,
}

fn main() {}
