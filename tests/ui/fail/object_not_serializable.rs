use declapi::object;

#[derive(Debug)]
pub struct Colour;

#[object]
pub struct Name {
    /// The colour of the eyes.
    pub first: Option<Colour>,
    pub second: Colour,
}

fn main() {}
