//! Tests declarations that name the runtime themselves.

#![expect(missing_docs, reason = "the fields are made up")]

use api::{Client, Endpoint, client, endpoint, object, resource, response};

api::catalogue! {
    crate = api;
    root = "tests/renamed.rs";
    pub const ENDPOINTS;
}

#[client(base_url = "https://api.example.com", crate = api)]
pub struct Api;

#[resource(on = &Api, crate = api)]
pub struct Houses;

#[resource(crate = api)]
pub struct Users;

#[endpoint(post = "/users", response = User, on = Users, crate = api)]
#[serde(rename_all = "camelCase")]
#[derive(Clone)]
pub struct Create<'a> {
    pub full_name: Name<'a>,
    pub nick_names: Option<Vec<&'a str>>,
}

#[object(crate = ::api)]
#[serde(rename_all = "camelCase")]
#[derive(Clone)]
pub struct Name<'a> {
    pub first_name: Option<&'a str>,
}

#[response(crate = api)]
#[derive(Debug)]
pub struct User {
    pub name: String,
    pub nick: Option<String>,
}

#[endpoint(post = "/search", response = Found, body = api::Form, page(cursor = after), crate = api)]
pub struct Search<'a> {
    pub after: Option<&'a str>,
}

#[response(crate = api)]
#[derive(Debug)]
pub struct Found {
    #[response(items)]
    pub names: Vec<String>,
    #[response(next)]
    pub next: Option<String>,
    // A field with a `cfg`, which a hidden derive evaluates.
    #[cfg(any(unix, not(unix)))]
    pub count: u64,
}

#[endpoint(put = "/whole", response = api::Bytes, body = api::Bytes, crate = api)]
pub struct Whole {
    #[endpoint(whole_body)]
    pub content: Vec<u8>,
}

mod deeper {
    pub(super) use api as again;

    #[again::endpoint(get = "/health", response = (), crate = self::again)]
    pub(super) struct Health;

    #[again::endpoint(get = "/ready", response = (), crate = crate::deeper::again)]
    pub(super) struct Ready;
}

#[test]
fn the_declarations_work() {
    let client = Client::builder("https://api.example.com").build().unwrap();
    let name = Name::builder().first_name("Ada").build();
    let request = client.users().create().full_name(name).build().request().unwrap();
    assert_eq!(request.body().unwrap(), br#"{"fullName":{"firstName":"Ada"}}"#);
    assert_eq!(deeper::Health.request().unwrap().path(), "/health");
    assert_eq!(deeper::Ready.request().unwrap().path(), "/ready");
    assert!(format!("{:?}", Api::builder().build().unwrap().houses()).contains("api.example.com"));
    drop(client.users().create().full_name(Name::builder().build()).send());
    assert!(format!("{:?}", client.search().items()).contains("position"));
    assert_eq!(client.search().after("a").build().request().unwrap().body().unwrap(), b"after=a");
    assert_eq!(client.whole().content([1]).build().request().unwrap().body().unwrap(), [1]);
}
