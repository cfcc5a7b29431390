//! Responses without the start of the next page, which the endpoint requires.

use declapi::{endpoint, response};

#[response]
pub struct Users {
    #[response(items)]
    pub users: Vec<String>,
    pub next_cursor: Option<String>,
}

#[endpoint(get = "/a", response = Users, page(cursor = after))]
pub struct Unmarked<'a> {
    pub after: Option<&'a str>,
}

#[endpoint(get = "/b", response = Vec<String>, page(url))]
pub struct List;

fn main() {}
