//! `first`, which is the number of the first page.

use declapi::endpoint;

#[endpoint(get = "/a", response = Vec<u8>, page(first = 0))]
pub struct Alone;

#[endpoint(get = "/b", response = Vec<u8>, page(link, first = 0))]
pub struct WithoutNumber;

#[endpoint(get = "/c", response = Vec<u8>, page(offset = skip, first = 1))]
pub struct OfOffset {
    pub skip: Option<u8>,
}

#[endpoint(get = "/d", response = Vec<u8>, page(number = page, first))]
pub struct WithoutValue {
    pub page: Option<u8>,
}

#[endpoint(get = "/e", response = Vec<u8>, page(number = page, first = -1))]
pub struct Negative {
    pub page: Option<i8>,
}

#[endpoint(get = "/f", response = Vec<u8>, page(number = page, first = 0u8))]
pub struct Suffixed {
    pub page: Option<u8>,
}

#[endpoint(get = "/g", response = Vec<u8>, page(number = page, first = 99999999999999999999))]
pub struct Huge {
    pub page: Option<u8>,
}

#[endpoint(get = "/h", response = Vec<u8>, page(number = page, first = 0, first = 1))]
pub struct Twice {
    pub page: Option<u8>,
}

#[endpoint(get = "/i", response = Vec<u8>, page(number = page, first = one))]
pub struct Named {
    pub page: Option<u8>,
}

fn main() {}
