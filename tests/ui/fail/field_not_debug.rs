use declapi::endpoint;

#[derive(serde::Serialize)]
pub struct Colour;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    pub name: String,
    pub colour: Colour,
    #[endpoint(secret)]
    pub other: Colour,
}

fn main() {}
