//! Five mistakes in one declaration.

use std::borrow::Cow;

use declapi::{endpoint, resource};

#[resource]
struct Users;

#[endpoint(
    fetch = "/v1/users", // mistake
    put = "/v1/users/{user_id}/{team}", // mistake
    response = (),
    on = Users,
    retries = 3, // mistake
)]
struct Update<'a> {
    user_id: Cow<'a, str>,
    #[endpoint(secrt)] // mistake
    password: Cow<'a, str>,
    #[endpoint(query, header = "x-external-id")] // mistake
    external_id: Option<String>,
}

fn main() {}
