use declapi::{object, response};

#[object]
pub struct Name<'n> {
    pub first: &'n str,
    pub last: &str,
}

#[response]
pub struct User {
    pub name: &str,
}

fn main() {}
