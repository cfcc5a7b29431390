//! `#[deprecated]` warns at uses of deprecated items, and only there.

#![deny(deprecated)]

use declapi::{Client, endpoint, object, resource};

use crate::sent;

#[resource]
struct Things;

#[endpoint(post = "/things", response = (), on = Things)]
struct Create {
    name: String,
    #[deprecated(note = "use `name`")]
    title: Option<String>,
    #[deprecated = "use `name`"]
    #[serde(rename = "alt")]
    alternative: Option<Option<u8>>,
}

#[endpoint(get = "/things", response = (), on = Things)]
#[deprecated(since = "2.0.0", note = "use `search`")]
struct List {
    limit: u8,
}

#[object]
struct Nested {
    #[deprecated]
    old: Option<u8>,
    #[deprecated]
    older: u8,
}

#[test]
fn other_items_do_not_warn() {
    assert_eq!(sent(&Create::builder().name("a").build()), r#"POST /things {"name":"a"}"#);
}

#[test]
fn setters_and_methods_warn() {
    let client = Client::builder("https://api.example.com").build().unwrap();
    #[expect(deprecated)]
    let create = Create::builder().name("a").title("t");
    #[expect(deprecated)]
    let create = create.maybe_title(Some("u")).null_alternative();
    assert_eq!(sent(&create.build()), r#"POST /things {"name":"a","title":"u","alt":null}"#);
    #[expect(deprecated)]
    let list = client.things().list();
    assert_eq!(sent(&list.limit(1).build()), "GET /things?limit=1");
    #[expect(deprecated)]
    let nested = Nested::builder().old(1).older(2).build();
    assert_eq!(serde_json::to_string(&nested).unwrap(), r#"{"old":1,"older":2}"#);
}
