//! A constant and a field with the same name.

use declapi::endpoint;

#[endpoint(
    post = "/a",
    response = (),
    header("X-Version" = "2"),
    query("dry_run" = true),
    body("type" = "card")
)]
pub struct Create {
    #[endpoint(header = "x-version")]
    pub version: Option<String>,
    #[endpoint(query)]
    pub dry_run: Option<bool>,
    #[serde(rename = "type")]
    pub kind: String,
}

fn main() {}
