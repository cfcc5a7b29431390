//! Two fields that are read from the same name, with each way to set a name.

use declapi::response;

#[response]
#[serde(rename_all = "camelCase")]
pub struct User {
    pub first_name: String,
    #[serde(rename = "firstName")]
    pub given_name: String,
    #[serde(alias = "last", alias = "family")]
    pub last_name: String,
    #[serde(alias = "last")]
    pub surname: String,
    // The name is different for each direction, and a skipped field has no name.
    #[serde(rename(serialize = "firstName", deserialize = "own"))]
    pub written: String,
    #[serde(skip, rename = "own")]
    pub skipped: String,
}

fn main() {}
