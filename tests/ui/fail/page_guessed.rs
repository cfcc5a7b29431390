//! Words of other crates for pages and their parts.

use declapi::{client, endpoint, resource};

#[endpoint(get = "/a", response = Vec<u8>, paginate(number = page))]
pub struct Paginate {
    pub page: Option<u8>,
}

#[endpoint(get = "/b", response = Vec<u8>, pagination(link))]
pub struct Pagination;

#[endpoint(get = "/c", response = Vec<u8>, cursor = after)]
pub struct Cursor {
    pub after: Option<u8>,
}

#[endpoint(get = "/d", response = Vec<u8>, page(page = page))]
pub struct Page {
    pub page: Option<u8>,
}

#[endpoint(get = "/e", response = Vec<u8>, page(number = page, per_page = limit))]
pub struct Size {
    pub page: Option<u8>,
    pub limit: Option<u8>,
}

#[endpoint(get = "/f", response = Vec<u8>, page(header))]
pub struct Header;

#[endpoint(get = "/g", response = Vec<u8>, page(next = next_cursor))]
pub struct Next;

#[endpoint(get = "/h", response = Vec<u8>, page(nubmer = page))]
pub struct Misspelt {
    pub page: Option<u8>,
}

#[endpoint(get = "/i", response = Vec<u8>, page(colour = page))]
pub struct Unknown {
    pub page: Option<u8>,
}

#[resource(page(link))]
pub struct OfAResource;

#[client(pagination(link))]
pub struct OfAClient;

fn main() {}
