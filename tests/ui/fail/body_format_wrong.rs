//! `body = …` with a value that is not a format.

use declapi::{Form, client, endpoint, resource};

#[endpoint(post = "/a", response = (), body)]
pub struct Alone {
    pub a: u8,
}

#[endpoint(post = "/b", response = (), body = )]
pub struct Nothing {
    pub a: u8,
}

#[endpoint(post = "/c", response = (), body = 7)]
pub struct Number {
    pub a: u8,
}

#[endpoint(post = "/d", response = (), body = "form")]
pub struct Quoted {
    pub a: u8,
}

#[endpoint(post = "/e", response = (), body = form)]
pub struct LowerCase {
    pub a: u8,
}

#[endpoint(post = "/f", response = (), body = "application/x-www-form-urlencoded")]
pub struct MediaType {
    pub a: u8,
}

#[endpoint(post = "/g", response = (), body = "application/merge-patch+json")]
pub struct MediaTypeOfJson {
    pub a: u8,
}

#[endpoint(post = "/h", response = (), body = Json)]
pub struct Default {
    pub a: u8,
}

#[endpoint(post = "/i", response = (), body = "json")]
pub struct QuotedDefault {
    pub a: u8,
}

#[endpoint(post = "/j", response = (), body = Form, body = Form)]
pub struct Twice {
    pub a: u8,
}

#[endpoint(post = "/k", response = (), body(Form))]
pub struct Parentheses {
    pub a: u8,
}

#[endpoint(post = "/l", response = (), body = Form | Multipart)]
pub struct Either {
    pub a: u8,
}

#[resource(body = Form)]
pub struct OfAResource;

#[client(body = Form)]
pub struct OfAClient;

fn main() {
    // Each of them is still an endpoint.
    let _ = Quoted::builder().a(1).build();
    let _ = Default::builder().a(1).build();
}
