//! A key of serde's that changes the object that a request is, beside a derive that says nothing of it.

use declapi::endpoint;

fn main() {}

#[endpoint(post = "/tag", response = ())]
#[derive(serde::Deserialize)]
#[serde(tag = "kind")]
struct Tagged {
    a: u8,
}
