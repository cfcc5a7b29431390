//! Path values. None of them can choose another route.

use declapi::endpoint;
use serde::Serializer;

use crate::{rejected, sent};

#[endpoint(get = "/v1/users/{user_id}/emails/{email}", response = ())]
struct Get<'a> {
    email: &'a str,
    user_id: &'a str,
}

fn get(user_id: &str) -> Get<'_> {
    Get::builder().email("e").user_id(user_id).build()
}

#[test]
fn values_have_the_order_of_the_template() {
    assert_eq!(sent(&get("u-1")), "GET /v1/users/u-1/emails/e");
}

#[test]
fn a_value_stays_one_segment() {
    for (value, encoded) in [
        ("a/b?c#d", "a%2Fb%3Fc%23d"),
        ("a%2Fb", "a%252Fb"),
        ("%2e%2e", "%252e%252e"),
        (" ", "%20"),
        ("...", "..."),
        (".a", ".a"),
        ("/", "%2F"),
        ("\\", "%5C"),
        ("{user_id}", "%7Buser_id%7D"),
        ("é\u{1F600}", "%C3%A9%F0%9F%98%80"),
        ("a\r\nb", "a%0D%0Ab"),
        ("a;b=c&d+e@f:g", "a%3Bb%3Dc%26d%2Be%40f%3Ag"),
        ("~a-b_c.d9", "~a-b_c.d9"),
    ] {
        assert_eq!(sent(&get(value)), format!("GET /v1/users/{encoded}/emails/e"), "{value:?}");
    }
}

/// Splits and decodes a path like a server.
pub(crate) fn decoded(segment: &str) -> String {
    let mut pieces = segment.split('%');
    let mut bytes = pieces.next().unwrap().as_bytes().to_vec();
    for piece in pieces {
        let (digits, rest) = piece.split_at(2);
        bytes.push(u8::from_str_radix(digits, 16).unwrap());
        bytes.extend(rest.as_bytes());
    }
    String::from_utf8(bytes).unwrap()
}

#[test]
fn every_character_is_decoded_unchanged() {
    for plane in 0..=16 {
        let letters = (plane << 16..(plane + 1) << 16).filter_map(char::from_u32);
        let value: String = letters.collect();
        let line = sent(&get(&value));
        let segment = line.strip_prefix("GET /v1/users/").unwrap().strip_suffix("/emails/e").unwrap();
        assert!(
            segment.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~%".contains(&byte)),
            "{plane}"
        );
        assert_eq!(decoded(segment), value, "{plane}");
    }
}

#[test]
fn a_value_that_would_fold_the_path_is_rejected() {
    for value in ["", ".", ".."] {
        let rejected = rejected(&get(value));
        assert!(rejected.contains("user_id") && rejected.contains("another route"), "{value:?}: {rejected}");
    }
}

#[endpoint(get = "/reports/{year}-{month}.json", response = ())]
struct Report {
    year: u16,
    month: u8,
    #[endpoint(query)]
    draft: Option<bool>,
}

#[test]
fn values_share_a_segment() {
    let report = Report::builder().year(2026_u16).month(11).draft(true).build();
    assert_eq!(sent(&report), "GET /reports/2026-11.json?draft=true");
}

#[endpoint(get = "/{kind}", response = ())]
struct ByKind {
    #[endpoint(path)]
    #[serde(rename = "type")]
    kind: Kind,
}

#[endpoint(get = "/v1/trailing/{id}/", response = ())]
struct Trailing {
    id: u8,
}

#[test]
fn a_slash_at_the_end_stays() {
    assert_eq!(sent(&Trailing { id: 1 }), "GET /v1/trailing/1/");
}

#[derive(Debug, serde::Serialize)]
enum Kind {
    #[serde(rename = "a b")]
    Spaced,
    Listed(Vec<u8>),
    #[serde(untagged)]
    Other(String),
    #[serde(untagged)]
    List(Vec<u8>),
    #[serde(untagged)]
    Map(std::collections::BTreeMap<&'static str, u8>),
    #[serde(untagged)]
    Nothing(()),
}

#[test]
fn a_value_is_serialized_by_serde() {
    assert_eq!(sent(&ByKind { kind: Kind::Spaced }), "GET /a%20b");
    assert_eq!(sent(&ByKind { kind: Kind::Other("x".to_owned()) }), "GET /x");
    let nothing = ByKind { kind: Kind::Nothing(()) };
    let map = ByKind { kind: Kind::Map([("k", 1)].into()) };
    let two = ByKind { kind: Kind::List(vec![1, 2]) };
    for kind in [ByKind { kind: Kind::Listed(vec![1]) }, nothing, map, two] {
        let rejected = rejected(&kind);
        assert!(rejected.contains("`kind`"), "{rejected}");
    }
}

#[endpoint(get = "/{base}...{head}", response = ())]
struct Compare<'a> {
    base: &'a str,
    head: &'a str,
}

#[endpoint(get = "/{name}.{format}", response = ())]
struct Download<'a> {
    name: &'a str,
    format: &'a str,
}

#[test]
fn dots_may_separate_values() {
    assert_eq!(sent(&Compare { base: "main", head: "v1.0" }), "GET /main...v1.0");
    assert_eq!(sent(&Download { name: "a.b", format: "tar" }), "GET /a.b.tar");
    for value in ["", ".", ".."] {
        assert!(rejected(&Compare { base: value, head: "h" }).contains("another route"), "{value:?}");
        assert!(rejected(&Download { name: "n", format: value }).contains("another route"), "{value:?}");
    }
}

#[endpoint(get = "/users/{ids}/{owner}", response = ())]
struct Several {
    #[serde(serialize_with = "joined")]
    ids: Vec<u8>,
    #[serde(serialize_with = "or_me")]
    owner: Option<String>,
}

fn joined<S: Serializer>(ids: &[u8], to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&ids.iter().map(u8::to_string).collect::<Vec<_>>().join(";"))
}

#[expect(clippy::ref_option, reason = "serde passes everything by reference")]
fn or_me<S: Serializer>(owner: &Option<String>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(owner.as_deref().unwrap_or("me"))
}

#[test]
fn a_custom_serializer_makes_one_value_of_several_or_none() {
    assert_eq!(sent(&Several::builder().ids([1, 2]).build()), "GET /users/1%3B2/me");
    assert_eq!(sent(&Several::builder().ids([1]).owner("u").build()), "GET /users/1/u");
    let empty = rejected(&Several::builder().ids([] as [u8; 0]).build());
    assert!(empty.contains("ids") && empty.contains("another route"), "{empty}");
}

macro_rules! literals {
    ($($name:ident: $path:literal => $sent:literal,)*) => {$(
        #[test]
        fn $name() {
            #[endpoint(get = $path, response = ())]
            struct Literal<'a> {
                id: &'a str,
                me: Option<bool>,
                query: Option<&'a str>,
            }
            assert_eq!(sent(&Literal::builder().id("1").build()), concat!("GET ", $sent));
        }
    )*};
}

// Some of these are placeholders in other languages.
literals! {
    an_action_behind_a_value: "/v1/{id}:cancel" => "/v1/1:cancel",
    an_action_named_like_a_field: "/v1/{id}/series:query" => "/v1/1/series:query",
    an_action_of_nothing: "/{id}/:analyze-text" => "/1/:analyze-text",
    a_literal_with_a_colon: "/{id}/a:b" => "/1/a:b",
    a_dollar: "/{id}/$batch" => "/1/$batch",
    an_at: "/{id}/@self" => "/1/@self",
    a_star: "/{id}/*/all" => "/1/*/all",
    quoted_in_parentheses: "/users('{id}')/x(y=1)" => "/users('1')/x(y=1)",
    bare_in_parentheses: "/users({id})" => "/users(1)",
    an_at_before_a_value: "/@{id}" => "/@1",
    a_field_without_a_sign: "/{id}/query" => "/1/query",
    a_version_before_a_value: "/v{id};v=1" => "/v1;v=1",
    a_key_in_parentheses: "/items(id={id})/$value" => "/items(id=1)/$value",
    dots_behind_a_value: "/{id}...main" => "/1...main",
    a_plus_and_a_comma: "/a+{id},b!" => "/a+1,b!",
    a_star_behind_a_value: "/{id}/**" => "/1/**",
}
