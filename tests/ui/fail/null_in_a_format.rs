//! Null in a body format without null.

use declapi::{Form, Multipart, Text, endpoint};

#[endpoint(post = "/a", response = (), body = Form)]
pub struct InAForm {
    pub nick: Option<Option<String>>,
}

#[endpoint(post = "/b", response = (), body = Multipart)]
pub struct InAPart {
    pub nick: Option<Option<String>>,
}

#[endpoint(post = "/c", response = (), body = Text)]
pub struct Whole {
    #[endpoint(whole_body)]
    pub nick: Option<Option<String>>,
}

fn main() {}
