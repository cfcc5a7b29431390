//! Placeholders for more than one segment, and for an optional one.

use declapi::{Endpoint, endpoint};
use proptest::prelude::*;

use crate::path::decoded;
use crate::{rejected, sent};

/// Reads a file of a repository.
#[endpoint(get = "/repos/{owner}/contents/{path*}", response = ())]
struct Contents<'a> {
    owner: &'a str,
    path: &'a str,
    r#ref: Option<&'a str>,
}

fn contents(path: &str) -> Contents<'_> {
    Contents::builder().owner("o/o").path(path).build()
}

#[test]
fn a_starred_value_keeps_its_slashes() {
    for (path, encoded) in [
        ("README", "README"),
        ("docs/a b.md", "docs/a%20b.md"),
        ("a/b/c", "a/b/c"),
        ("a/", "a/"),
        ("a%2Fb/?c#d", "a%252Fb/%3Fc%23d"),
        (".github/.../..a", ".github/.../..a"),
        ("\\..\\é", "%5C..%5C%C3%A9"),
    ] {
        assert_eq!(sent(&contents(path)), format!("GET /repos/o%2Fo/contents/{encoded}"), "{path:?}");
    }
    let at = Contents::builder().owner("o").path("a/b").r#ref("main").build();
    assert_eq!(sent(&at), "GET /repos/o/contents/a/b?ref=main");
}

#[test]
fn no_segment_of_it_leads_elsewhere() {
    for path in
        ["", ".", "..", "/", "/a", "a//b", "a//", "./a", "../a", "a/.", "a/..", "a/../b", "a/./b", "..//"]
    {
        let rejected = rejected(&contents(path));
        assert!(rejected.contains("path") && rejected.contains("another route"), "{path:?}: {rejected}");
    }
}

/// Reads an object.
#[endpoint(get = "/{bucket}/{key*}", response = ())]
struct Object<'a> {
    bucket: &'a str,
    key: &'a str,
}

proptest! {
    /// A server that splits at the slashes and decodes gets the value that was set.
    #[test]
    fn every_key_arrives_or_is_rejected(key in "[a-c./%é ]{0,12}") {
        let is_folded = |part: &str| matches!(part, "" | "." | "..");
        let legal = !key.strip_suffix('/').unwrap_or(&key).split('/').any(is_folded);
        let request = Object { bucket: "b", key: &key }.request();
        prop_assert_eq!(request.is_ok(), legal);
        if let Ok(request) = request {
            let path = request.path().strip_prefix("/b/").unwrap().to_owned();
            let url = reqwest::Url::parse(&format!("https://h/{path}")).unwrap();
            prop_assert_eq!(url.path(), format!("/{path}"), "the URL parser changes nothing");
            prop_assert_eq!(decoded(&path), key);
        }
    }
}

/// Cancels an operation.
#[endpoint(post = "/v1/{name*}:cancel", response = ())]
struct Cancel<'a> {
    name: &'a str,
}

/// Reads the history of a file.
#[endpoint(get = "/blame/{path*}/{line}", response = ())]
struct Blame<'a> {
    path: &'a str,
    line: u32,
}

#[test]
fn text_and_values_may_follow_it() {
    assert_eq!(sent(&Cancel { name: "operations/a/1" }), "POST /v1/operations/a/1:cancel");
    assert_eq!(sent(&Blame { path: "src/lib.rs", line: 7 }), "GET /blame/src/lib.rs/7");
    // The slash at the end and the slash of the template would be two.
    assert!(rejected(&Blame { path: "src/", line: 7 }).contains("another route"));
}

/// Reads a release.
#[endpoint(get = "/repos/{repo}/releases/{tag?}", response = ())]
struct Release<'a> {
    repo: &'a str,
    tag: Option<&'a str>,
    draft: Option<bool>,
}

/// Searches one index, or all.
#[endpoint(post = "/{index?}/_search", response = ())]
struct Search {
    index: Option<String>,
    size: Option<u8>,
}

/// Lists the content of a folder.
#[endpoint(get = "/{path*?}", response = ())]
struct List<'a> {
    path: Option<&'a str>,
    page: Option<u8>,
}

#[test]
fn an_optional_segment_is_left_out_with_its_slash() {
    assert_eq!(sent(&Release::builder().repo("r").build()), "GET /repos/r/releases");
    assert_eq!(sent(&Release::builder().repo("r").tag("v/1").build()), "GET /repos/r/releases/v%2F1");
    let draft = Release::builder().repo("r").maybe_tag(None::<&str>).draft(true).build();
    assert_eq!(sent(&draft), "GET /repos/r/releases?draft=true");
    assert_eq!(sent(&Search::builder().build()), "POST /_search {}");
    assert_eq!(sent(&Search::builder().index("a").size(1).build()), "POST /a/_search {\"size\":1}");
    assert_eq!(sent(&List::builder().build()), "GET /");
    assert_eq!(sent(&List::builder().page(2).build()), "GET /?page=2");
    assert_eq!(sent(&List::builder().path("a/b").page(2).build()), "GET /a/b?page=2");
}

/// An empty value is a mistake. It does not omit the segment.
#[test]
fn a_set_segment_is_a_value_like_any_other() {
    for tag in ["", ".", ".."] {
        let rejected = rejected(&Release::builder().repo("r").tag(tag).build());
        assert!(rejected.contains("tag") && rejected.contains("another route"), "{tag:?}: {rejected}");
    }
}

/// Reads the segments in the middle.
#[endpoint(get = "/a/{from?}/{to}/", response = ())]
struct Between<'a> {
    to: &'a str,
    #[serde(serialize_with = "in_capitals")]
    from: Option<&'a str>,
}

#[expect(clippy::ref_option_ref, reason = "serde passes everything by reference")]
fn in_capitals<S: serde::Serializer>(text: &Option<&str>, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&text.unwrap_or("called without a value").to_uppercase())
}

#[test]
fn a_custom_serializer_is_called_for_a_value_only() {
    assert_eq!(sent(&Between::builder().to("t").build()), "GET /a/t/");
    assert_eq!(sent(&Between::builder().to("t").from("f").build()), "GET /a/F/t/");
}

#[test]
fn the_description_has_the_template_as_written() {
    assert_eq!(Release::INFO.path, "/repos/{repo}/releases/{tag?}");
    let required: Vec<_> = Release::INFO.fields().map(|field| (field.name, field.required)).collect();
    assert_eq!(required, [("repo", true), ("tag", false), ("draft", false)]);
}
