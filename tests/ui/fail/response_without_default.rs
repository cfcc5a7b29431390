use declapi::response;

use serde::Deserialize;

#[derive(serde::Serialize, Deserialize)]
pub enum Kind {
    Admin,
}

#[response]
pub struct User {
    pub kind: Kind,
    pub name: String,
}

fn main() {}
