//! Tests declarations in a crate that forbids lints. Generated code must not contain an `allow` for them.
//!
//! There are no objects and responses, because serde's derives contain an `allow`.

#![forbid(
    deprecated,
    non_camel_case_types,
    non_snake_case,
    nonstandard_style,
    single_use_lifetimes,
    unused_qualifications,
    unused,
    missing_docs,
    warnings,
    clippy::all,
    clippy::pedantic
)]

use declapi::{Endpoint, client, endpoint, resource};

declapi::catalogue! {
    root = "tests/forbidding.rs";
    /// Every endpoint.
    pub const ENDPOINTS;
    /// Passes the endpoints to a macro.
    macro_rules! for_each_endpoint;
}

/// A client.
#[client(base_url = "https://api.example.com", header("x-a" = "1"))]
pub struct Api;

/// A client with fields.
#[client]
pub struct Holding {
    /// A number.
    pub number: u8,
}

/// Users.
#[resource]
pub struct Users;

/// Updates a user.
#[endpoint(put = "/users/{user_id}", response = (), on = Users)]
#[serde(rename_all = "camelCase")]
pub struct Update<'a, T> {
    /// The id.
    pub user_id: &'a str,
    /// The note.
    pub note_text: Option<T>,
    /// The tags.
    pub tags: Vec<&'a str>,
    /// The key.
    #[endpoint(secret, header = "x-key")]
    pub key: Option<&'a str>,
}

/// Lists the names of users.
#[endpoint(post = "/names", response = Vec<String>, on = Users, body = declapi::Form, page(number = page), envelope = "")]
pub struct Names {
    /// The number of the page.
    pub page: Option<u8>,
}

/// Replaces a picture.
#[endpoint(put = "/picture", response = Option<declapi::Bytes>, body = declapi::Bytes, none = 404)]
pub struct Paint<'a> {
    /// The picture.
    #[endpoint(whole_body)]
    pub picture: Option<&'a [u8]>,
}

#[test]
fn the_declarations_work() {
    let update = Update::builder().user_id("u").note_text(1).tags([]).build();
    let path = update.request().ok().map(|request| request.path().to_owned());
    assert_eq!(path.as_deref(), Some("/users/u"));
    assert!(Api::builder().build().is_ok());
    assert!(Names::builder().page(1).build().request().is_ok());
    assert!(Paint::builder().picture(&[1]).build().request().is_ok());
    assert!(
        Holding::builder_with(1)
            .base_url("https://api.example.com")
            .build()
            .is_ok_and(|client| client.number == 1)
    );
}
