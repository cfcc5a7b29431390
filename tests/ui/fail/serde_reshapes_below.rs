//! A key of serde that changes the JSON object of a request, with a derive that does not report it.

use declapi::endpoint;

fn main() {}

#[endpoint(post = "/tag", response = ())]
#[derive(serde::Deserialize)]
#[serde(tag = "kind")]
struct Tagged {
    a: u8,
}
