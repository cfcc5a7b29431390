use declapi::endpoint;

#[derive(Debug)]
pub struct Colour;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    pub name: String,
    pub colour: Colour,
    pub other: Option<Vec<Colour>>,
}

fn main() {}
