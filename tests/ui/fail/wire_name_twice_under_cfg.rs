//! Two fields with one name on the wire, of which one may be compiled out.

use declapi::endpoint;

fn main() {}

#[endpoint(post = "/users", response = ())]
struct Create {
    #[cfg(all())]
    a: u8,
    #[serde(rename = "a")]
    b: u8,
}
