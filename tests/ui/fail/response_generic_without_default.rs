//! The bound of a parameter, reported at the use of the type.

use declapi::{endpoint, response};

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
