//! Query values.

use std::collections::BTreeMap;

use declapi::endpoint;
use serde::Serialize;

use crate::{rejected, sent};

#[endpoint(get = "/users", response = ())]
struct Search<'a> {
    name: Option<&'a str>,
    role: Vec<String>,
    ids: Option<Vec<u32>>,
    #[serde(rename = "pageSize")]
    page_size: Option<u16>,
    exact: Option<bool>,
    weight: Option<f64>,
}

fn search<'a>() -> SearchBuilder<'a, (), true> {
    Search::builder().role([] as [&str; 0])
}

#[test]
fn unset_fields_are_left_out() {
    assert_eq!(sent(&search().build()), "GET /users");
}

#[test]
fn a_list_repeats_its_name() {
    let all = Search::builder().role(["a", "b c"]).ids([1, 2]).page_size(10).exact(false).weight(0.5).build();
    assert_eq!(sent(&all), "GET /users?role=a&role=b%20c&ids=1&ids=2&pageSize=10&exact=false&weight=0.5");
}

#[test]
fn names_and_values_are_encoded() {
    assert_eq!(sent(&search().name("a&b=c?é+ ").build()), "GET /users?name=a%26b%3Dc%3F%C3%A9%2B%20");
    assert_eq!(sent(&search().name("").build()), "GET /users?name=");
}

#[endpoint(head = "/users/{id}", response = ())]
struct Exists<'a> {
    id: &'a str,
    deep: Option<bool>,
}

#[endpoint(delete = "/users/{id}", response = ())]
struct Delete<'a> {
    id: &'a str,
    reason: Option<&'a str>,
}

#[test]
fn requests_without_a_body_send_fields_in_the_query() {
    assert_eq!(sent(&Exists::builder().id("u").deep(true).build()), "HEAD /users/u?deep=true");
    assert_eq!(sent(&Delete::builder().id("u").reason("r").build()), "DELETE /users/u?reason=r");
}

#[derive(Debug, Serialize)]
struct Page {
    cursor: Option<String>,
    limit: u8,
}

#[endpoint(get = "/pages", response = ())]
struct Pages {
    #[serde(flatten)]
    page: Page,
    #[serde(flatten)]
    filters: Option<BTreeMap<String, Vec<u8>>>,
}

#[test]
fn a_flattened_field_gives_its_pairs() {
    let page = |cursor: Option<&str>| Page { cursor: cursor.map(str::to_owned), limit: 5 };
    assert_eq!(sent(&Pages::builder().page(page(None)).build()), "GET /pages?limit=5");
    let filters = BTreeMap::from([("a[]".to_owned(), vec![1, 2])]);
    let pages = Pages::builder().page(page(Some("x"))).filters(filters).build();
    assert_eq!(sent(&pages), "GET /pages?cursor=x&limit=5&a%5B%5D=1&a%5B%5D=2");
}

#[endpoint(get = "/ranges", response = ())]
struct Ranges {
    range: (u8, u8),
}

#[endpoint(get = "/nested", response = ())]
struct Nested {
    page: Page,
}

#[test]
fn values_without_plain_text_are_rejected_by_name() {
    let tuple = rejected(&Ranges { range: (1, 2) });
    assert!(tuple.contains("range") && tuple.contains("tuple"), "{tuple}");
    let map = rejected(&Nested { page: Page { cursor: None, limit: 1 } });
    assert!(map.contains("page") && map.contains("flatten"), "{map}");
    let lists = rejected(&Grid { rows: vec![vec![1], vec![2, 3]] });
    assert!(lists.contains("rows") && lists.contains("a list in a list"), "{lists}");
}

#[endpoint(get = "/grid", response = ())]
struct Grid {
    rows: Vec<Vec<u8>>,
}
