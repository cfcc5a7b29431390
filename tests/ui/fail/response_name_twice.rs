//! Two fields that are read from one name, in each way to give one.

use stytch_client::response;

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
    // Each direction has a name of its own, and what is skipped has none.
    #[serde(rename(serialize = "firstName", deserialize = "own"))]
    pub written: String,
    #[serde(skip, rename = "own")]
    pub skipped: String,
}

fn main() {}
