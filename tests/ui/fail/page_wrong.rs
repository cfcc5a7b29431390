//! `page(…)` with a wrong value.

use declapi::endpoint;

#[endpoint(get = "/a", response = Vec<u8>, page)]
pub struct Alone;

#[endpoint(get = "/b", response = Vec<u8>, page = number)]
pub struct Assigned;

#[endpoint(get = "/c", response = Vec<u8>, page())]
pub struct Empty;

#[endpoint(get = "/d", response = Vec<u8>, page(number))]
pub struct WithoutField {
    pub page: Option<u8>,
}

#[endpoint(get = "/e", response = Vec<u8>, page(number = "page"))]
pub struct Quoted {
    pub page: Option<u8>,
}

#[endpoint(get = "/f", response = Vec<u8>, page(number = 1))]
pub struct Number {
    pub page: Option<u8>,
}

#[endpoint(get = "/g", response = Vec<u8>, page(number = page.number))]
pub struct Below {
    pub page: Option<u8>,
}

#[endpoint(get = "/h", response = Vec<u8>, page(number = page, offset = skip))]
pub struct TwoWays {
    pub page: Option<u8>,
    pub skip: Option<u8>,
}

#[endpoint(get = "/i", response = Vec<u8>, page(number = page, number = page))]
pub struct SameTwice {
    pub page: Option<u8>,
}

#[endpoint(get = "/j", response = Vec<u8>, page(link), page(number = page))]
pub struct KeyTwice {
    pub page: Option<u8>,
}

#[endpoint(get = "/k", response = Vec<u8>, page(link = next))]
pub struct LinkWithValue;

#[endpoint(get = "/l", response = Vec<u8>, page(url = "next"))]
pub struct UrlWithValue;

fn main() {
    // Each of them has the methods, so that the mistake causes no further errors.
    let client = declapi::Client::builder("https://api.example.com").build().unwrap();
    let _ = client.alone().pages();
    let _ = client.empty().items();
}
