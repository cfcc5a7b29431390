//! A path to a field that does not exist inside of the marked field.

use declapi::response;

#[response]
pub struct Users {
    #[response(items)]
    pub users: Vec<u8>,
    #[response(next = cursor.next)]
    pub meta: Meta,
}

#[response]
#[derive(Default)]
pub struct Meta {
    pub cursor: Option<Cursor>,
}

#[response]
pub struct Cursor {
    pub next: String,
}

#[response]
pub struct Groups {
    #[response(items)]
    pub groups: Vec<u8>,
    #[response(next = nxet)]
    pub meta: Meta,
}

fn main() {}
