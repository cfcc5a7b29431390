//! What a parameter has to be, told where the type is used.

use stytch_client::{endpoint, response};

#[derive(serde::Serialize, serde::Deserialize)]
pub enum Kind {
    Admin,
}

#[response]
pub struct Page<T> {
    pub first: T,
    pub others: Vec<T>,
}

#[endpoint(get = "/kinds", response = Page<Kind>)]
pub struct Kinds;

fn main() {}
