use declapi::{endpoint, object, resource, response};

#[resource]
pub struct 🦀;

#[endpoint(post = "/users/{🦀}", response = (), on = 🦀)]
pub struct 🐝<'a> {
    pub 🦀: &'a str,
    pub 🐝: Option<u8>,
    #[endpoint(body)]
    pub a👍: Option<Option<u8>>,
}

#[object]
pub struct Named🦀<T> {
    pub 🐝: Option<T>,
}

#[response]
pub struct Response🦀 {
    pub 🐝: Option<u8>,
}

#[object]
pub struct Object<T> {
    pub 🐝: Option<T>,
    pub name: T,
}

#[response]
pub struct Response {
    pub 🐝: Option<u8>,
    pub name: String,
}

#[endpoint(get = "/names", response = Response🦀, name = 🦀, on = 🦀)]
pub struct Generic<T🐝: serde::Serialize> {
    pub name: T🐝,
}

fn main() {}
