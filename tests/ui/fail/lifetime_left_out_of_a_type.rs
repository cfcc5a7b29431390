use declapi::{endpoint, object};

#[endpoint(post = "/users", response = ())]
pub struct Create<'a> {
    pub name: &str,
    pub pair: (u8, &str),
}

#[object]
pub struct Name<'n, T> {
    pub first: Option<&T>,
}

fn main() {}
