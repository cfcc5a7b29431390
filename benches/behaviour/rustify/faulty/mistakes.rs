//! Five mistakes in one declaration.

use rustify_derive::Endpoint;

#[derive(Debug, Endpoint)]
#[endpoint(
    path = "v1/users/{self.user_id}/{self.team}", // mistake
    method = "FETCH", // mistake
    response = "NoSuchResponse", // mistake
    retries = "3", // mistake
)]
struct Update {
    #[endpoint(skip)]
    user_id: String,
    #[endpoint(secrt)] // mistake
    password: String,
}

fn main() {}
