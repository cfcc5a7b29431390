//! Required fields that have a default.

use declapi::response;

fn main() {}

#[response]
struct User {
    #[response(required)]
    #[serde(default)]
    id: String,
}

#[response]
#[serde(default)]
#[derive(Default)]
struct Page {
    #[response(required)]
    total: u32,
}
