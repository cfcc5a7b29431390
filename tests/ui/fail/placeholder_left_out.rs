//! A path field that a function could leave out.

use declapi::endpoint;

fn main() {}

#[endpoint(delete = "/users/{id}", response = ())]
struct Delete {
    #[serde(skip_serializing_if = "String::is_empty")]
    id: String,
}
