//! Two fields with the same wire name, one of which has a `cfg`.

use declapi::endpoint;

fn main() {}

#[endpoint(post = "/users", response = ())]
struct Create {
    #[cfg(all())]
    a: u8,
    #[serde(rename = "a")]
    b: u8,
}
