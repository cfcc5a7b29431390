//! Header values.

use declapi::{Endpoint, endpoint};

use crate::{rejected, sent};

#[endpoint(post = "/orders", response = ())]
struct Order<'a> {
    item: &'a str,
    #[endpoint(header = "Idempotency-Key")]
    key: &'a str,
    #[endpoint(header = "x-attempt")]
    attempt: Option<u8>,
    #[endpoint(header = "x-tag")]
    tags: Option<Vec<&'a str>>,
}

fn headers(order: &Order<'_>) -> Vec<(String, String)> {
    let request = order.request().unwrap();
    let texts = request.headers().map(|(name, value)| {
        assert!(value.is_sensitive(), "{name} may hold a secret");
        (name.as_str().to_owned(), value.to_str().unwrap().to_owned())
    });
    texts.collect()
}

fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[test]
fn a_header_leaves_the_body() {
    let order = Order::builder().item("tea").key("k-1").build();
    assert_eq!(sent(&order), r#"POST /orders {"item":"tea"}"#);
    assert_eq!(headers(&order), pairs(&[("idempotency-key", "k-1")]));
}

#[test]
fn a_list_repeats_the_header() {
    let order = Order::builder().item("tea").key("k").attempt(2).tags(["a", "b"]).build();
    assert_eq!(
        headers(&order),
        pairs(&[("idempotency-key", "k"), ("x-attempt", "2"), ("x-tag", "a"), ("x-tag", "b")])
    );
}

#[test]
fn characters_beyond_ascii_are_sent_as_utf_8() {
    let request = Order::builder().item("tea").key("clé 钥").build().request().unwrap();
    let (_, value) = request.headers().next().unwrap();
    assert_eq!(value.as_bytes(), "clé 钥".as_bytes());
}

#[test]
fn a_value_that_is_not_a_header_is_rejected() {
    for value in ["a\r\nx-admin: 1", "a\nb", "a\0b"] {
        let rejected = rejected(&Order::builder().item("tea").key(value).build());
        assert!(rejected.contains("header") && !rejected.contains("admin"), "{rejected}");
    }
}

#[endpoint(post = "/orders", response = ())]
struct Annotated {
    #[endpoint(header = "x-meta")]
    meta: std::collections::BTreeMap<String, String>,
}

#[test]
fn a_map_in_a_header_is_rejected() {
    let meta = [("k".to_owned(), "v".to_owned())].into();
    let rejected = rejected(&Annotated { meta });
    assert!(rejected.contains("`x-meta`") && rejected.contains("keys would be lost"), "{rejected}");
}

#[endpoint(patch = "/orders", response = ())]
struct Merge<'a> {
    #[endpoint(header = "Content-Type")]
    kind: &'a str,
    item: Option<&'a str>,
}

#[test]
fn the_content_type_is_the_endpoints_own() {
    let merge = Merge::builder().kind("application/merge-patch+json").item("tea").build();
    assert_eq!(sent(&merge), r#"PATCH /orders {"item":"tea"}"#);
    let request = merge.request().unwrap();
    let (name, value) = request.headers().next().unwrap();
    assert_eq!((name.as_str(), value.to_str().unwrap()), ("content-type", "application/merge-patch+json"));
}
