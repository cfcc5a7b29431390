//! Setters: the values that they accept, and their conversion.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::net::IpAddr;

use declapi::endpoint;
use serde::Serialize;

use crate::sent;

#[endpoint(post = "/all", response = ())]
#[derive(Clone, PartialEq)]
struct All<'a> {
    cow: Cow<'a, str>,
    owned: String,
    borrowed: &'a str,
    slice: &'a [u8],
    number: u64,
    float: f32,
    character: char,
    yes: bool,
    strings: Vec<String>,
    numbers: Vec<i16>,
    cows: Vec<Cow<'a, str>>,
    borrows: Vec<&'a str>,
    map: BTreeMap<&'a str, u8>,
    address: IpAddr,
}

#[test]
fn setters_accept_several_types() {
    let owned = String::from("o");
    let all = All::builder()
        .cow("c")
        .owned(&*owned)
        .borrowed(&owned)
        .slice(&[1, 2])
        .number(60)
        .float(1.5)
        .character('l')
        .yes(true)
        .strings(["a", "b"])
        .numbers([-1, 2])
        .cows(["a".to_owned()])
        .borrows([])
        .map([("k", 1)])
        .address([127, 0, 0, 1])
        .build();
    assert_eq!(
        sent(&all),
        concat!(
            r#"POST /all {"cow":"c","owned":"o","borrowed":"o","slice":[1,2],"number":60,"float":1.5,"#,
            r#""character":"l","yes":true,"strings":["a","b"],"numbers":[-1,2],"cows":["a"],"borrows":[],"map":{"k":1},"#,
            r#""address":"127.0.0.1"}"#
        )
    );
    assert_eq!(all, all.clone());
}

#[test]
fn a_cow_is_not_copied() {
    let text = String::from("text");
    let all = Cows::builder().text(&text).build();
    assert!(matches!(all.text, Cow::Borrowed(borrowed) if std::ptr::eq(borrowed, text.as_str())));
    assert!(matches!(Cows::builder().text(text).build().text, Cow::Owned(_)));
}

#[endpoint(post = "/cows", response = ())]
struct Cows<'a> {
    text: Cow<'a, str>,
    strings: Option<Vec<Cow<'a, str>>>,
}

#[test]
fn a_list_comes_from_any_iterator() {
    let strings = |cows: Cows<'_>| cows.strings.unwrap().join(",");
    let cows = || Cows::builder().text("");
    assert_eq!(strings(cows().strings(vec!["a", "b"]).build()), "a,b");
    assert_eq!(strings(cows().strings(["a".to_owned()]).build()), "a");
    assert_eq!(strings(cows().strings("a b".split(' ')).build()), "a,b");
    assert_eq!(strings(cows().maybe_strings(Some(["a"])).build()), "a");
    assert_eq!(cows().maybe_strings(None::<[&str; 0]>).build().strings, None);
}

#[endpoint(post = "/options", response = ())]
struct Options<'a> {
    text: Option<String>,
    number: Option<u8>,
    borrowed: Option<&'a str>,
    #[expect(unused_qualifications, reason = "however it is written")]
    standard: std::option::Option<u8>,
    core: ::core::option::Option<u8>,
}

#[test]
fn optional_setters_take_the_bare_value_and_their_twins_an_option() {
    let options = Options::builder()
        .text("t")
        .number(1)
        .borrowed("b")
        .standard(2)
        .core(3)
        .maybe_text(Some("u"))
        .maybe_number(None)
        .build();
    assert_eq!(sent(&options), r#"POST /options {"text":"u","borrowed":"b","standard":2,"core":3}"#);
    assert_eq!(sent(&Options::builder().text("t").maybe_text(None::<&str>).build()), "POST /options {}");
}

#[test]
fn an_optional_field_may_be_set_again() {
    assert_eq!(sent(&Options::builder().number(1).number(2).build()), r#"POST /options {"number":2}"#);
}

#[test]
fn the_order_of_setters_is_free_and_branches_meet() {
    let half =
        if std::env::args().count() > 1000 { Pair::builder().b(0).a(0) } else { Pair::builder().a(1).b(2) };
    assert_eq!(sent(&half.build()), r#"POST /pair {"a":1,"b":2}"#);
}

#[endpoint(post = "/pair", response = ())]
struct Pair {
    a: u8,
    b: u8,
}

#[test]
fn an_incomplete_builder_can_be_passed_around() {
    fn named(name: &str) -> PersonBuilder<'_, (), true, false> {
        Person::builder().name(name)
    }
    assert_eq!(sent(&named("Ada").age(36).build()), r#"POST /people {"name":"Ada","age":36}"#);
}

#[endpoint(post = "/people", response = ())]
struct Person<'a> {
    name: &'a str,
    age: u8,
    nick: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Wrapped(String);

impl From<&str> for Wrapped {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

#[endpoint(post = "/tree", response = ())]
struct Tree {
    value: Wrapped,
    #[expect(clippy::use_self, reason = "both spellings are to work")]
    left: Option<Box<Tree>>,
    others: Vec<Self>,
}

impl Serialize for Tree {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(to)
    }
}

#[test]
fn a_type_may_hold_itself() {
    let leaf = || Tree::builder().value("leaf").others([] as [Tree; 0]).build();
    let tree = Tree::builder().value("root").left(leaf()).others([leaf()]).build();
    assert_eq!(sent(&tree), r#"POST /tree {"value":"root","left":"leaf","others":["leaf"]}"#);
}
