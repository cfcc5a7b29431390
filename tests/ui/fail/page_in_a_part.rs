//! A cursor in a body whose fields cannot be changed from page to page.

use declapi::{Multipart, endpoint};

#[endpoint(post = "/a", response = Vec<u8>, body = Multipart, page(number = page))]
pub struct InAPart {
    pub page: Option<u8>,
}

#[endpoint(post = "/b", response = Vec<u8>, body = Multipart, page(number = page))]
pub struct InTheQuery {
    #[endpoint(query)]
    pub page: Option<u8>,
    pub note: Option<u8>,
}

fn main() {}
