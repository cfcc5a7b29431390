//! The type of a field contains a bound, for example a colon too many.

use declapi::{endpoint, response};

#[response]
struct Page<T> {
    items: Vec<T:>,
    total: Option<T: Clone>,
}

#[endpoint(get = "/users", response = ())]
struct List<T> {
    ids: Vec<T: ToString>,
}

fn main() {}
