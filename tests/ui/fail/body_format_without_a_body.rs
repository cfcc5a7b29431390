//! Body formats of endpoints without a body field.

use declapi::{Bytes, Form, JsonLines, Text, endpoint};

#[endpoint(post = "/a", response = (), body = Form)]
pub struct NoField;

#[endpoint(delete = "/b", response = (), body = Form)]
pub struct InTheQuery {
    pub a: u8,
}

#[endpoint(get = "/c", response = (), body = Form)]
pub struct OnGet {
    pub a: u8,
}

#[endpoint(get = "/d", response = (), body = Form)]
pub struct MarkedOnGet {
    #[endpoint(body)]
    pub a: u8,
}

#[endpoint(put = "/e", response = (), body = Bytes)]
pub struct BytesOfFields {
    pub a: Vec<u8>,
}

#[endpoint(put = "/f", response = (), body = declapi::Text, body("a" = 1))]
pub struct TextOfConstants;

#[endpoint(put = "/g", response = (), body = JsonLines)]
pub struct LinesOfFields {
    pub a: Vec<u8>,
    pub b: Vec<u8>,
}

#[endpoint(put = "/h", response = (), body = Text)]
pub struct Right<'a> {
    #[endpoint(whole_body)]
    pub a: &'a str,
}

fn main() {}
