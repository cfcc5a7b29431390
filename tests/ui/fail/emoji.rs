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

fn main() {}
