//! Words of other crates for the body format, and for a whole body.

use declapi::{Form, endpoint};

#[endpoint(post = "/a", response = (), format = Form)]
pub struct Format {
    pub a: u8,
}

#[endpoint(post = "/b", response = (), encoding = Form)]
pub struct Encoding {
    pub a: u8,
}

#[endpoint(post = "/c", response = (), form)]
pub struct Flag {
    pub a: u8,
}

#[endpoint(post = "/d", response = (), multipart)]
pub struct Parts {
    pub a: u8,
}

#[endpoint(post = "/e", response = (), json)]
pub struct Json {
    pub a: u8,
}

#[endpoint(post = "/f", response = (), raw)]
pub struct Raw {
    pub a: u8,
}

#[endpoint(post = "/g", response = (), whole_body)]
pub struct Whole {
    pub a: u8,
}

#[endpoint(post = "/h", response = ())]
pub struct OnAField {
    #[endpoint(raw)]
    pub a: u8,
}

#[endpoint(post = "/i", response = ())]
pub struct Payload {
    #[endpoint(payload)]
    pub a: u8,
}

fn main() {}
