//! Marks of a page on the wrong fields of a response, or in a wrong syntax.

use declapi::response;

#[response]
pub struct NoList {
    #[response(items)]
    pub users: Option<Vec<u8>>,
}

#[response]
pub struct TwoLists {
    #[response(items)]
    pub users: Vec<u8>,
    #[response(items)]
    pub groups: Vec<u8>,
}

#[response]
pub struct NoItems {
    pub users: Vec<u8>,
    #[response(next)]
    pub cursor: Option<String>,
}

#[response]
pub struct TwoNext {
    #[response(items)]
    pub users: Vec<u8>,
    #[response(next)]
    pub cursor: Option<String>,
    #[response(next)]
    pub url: Option<String>,
}

#[response]
pub struct WrittenWrongly {
    #[response(items = users)]
    pub users: Vec<u8>,
    #[response(next(cursor))]
    pub a: Option<String>,
}

#[response]
pub struct Quoted {
    #[response(items)]
    pub users: Vec<u8>,
    #[response(next = "next")]
    pub links: Links,
}

#[response]
pub struct Unfinished {
    #[response(items)]
    pub users: Vec<u8>,
    #[response(next = links.)]
    pub links: Links,
}

#[response]
pub struct Twice {
    #[response(items, items)]
    pub users: Vec<u8>,
    #[response(next, next)]
    pub next: Option<String>,
}

#[response]
pub struct Guessed {
    #[response(results)]
    pub users: Vec<u8>,
    #[response(cursor)]
    pub next: Option<String>,
    #[response(has_more)]
    pub has_more: bool,
}

#[response]
#[derive(Default)]
pub struct Links {
    pub next: Option<String>,
}

fn main() {}
