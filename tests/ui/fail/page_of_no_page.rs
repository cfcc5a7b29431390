//! Responses that are not pages of a list.

use declapi::{endpoint, response};

#[response]
pub struct Users {
    pub users: Vec<String>,
    pub next_cursor: Option<String>,
}

#[endpoint(get = "/a", response = Users, page(cursor = after))]
pub struct Unmarked<'a> {
    pub after: Option<&'a str>,
}

#[endpoint(get = "/b", response = Option<Vec<String>>, page(link), none = 404)]
pub struct Optional;

#[endpoint(get = "/c", response = (), page(link))]
pub struct Unit;

fn main() {}
