//! Pages of a builder without a client, and of an endpoint without pages.

use declapi::{Client, endpoint};

#[endpoint(get = "/users", response = Vec<u8>, page(number = page))]
pub struct ListUsers {
    pub page: Option<u8>,
}

#[endpoint(get = "/groups", response = Vec<u8>)]
pub struct ListGroups {
    pub page: Option<u8>,
}

fn main() {
    let client = Client::builder("https://api.example.com").build().unwrap();
    let _ = ListUsers::builder().pages();
    let _ = client.list_groups().pages();
}
