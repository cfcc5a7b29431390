//! Bodies in other formats than an object of JSON fields, and bodies that are one field.

use std::collections::BTreeMap;

use declapi::{
    Bytes, Endpoint, Form, JsonLines, Multipart, MultipartRelated, NestedForm, Request, Text, Upload,
    endpoint, object, resource,
};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{rejected, sent};

#[endpoint(put = "/labels/{id}", response = ())]
struct SetLabels<'a> {
    id: u8,
    #[endpoint(query)]
    force: Option<bool>,
    #[endpoint(whole_body)]
    labels: &'a [&'a str],
}

#[test]
fn a_field_is_the_whole_body() {
    let set = SetLabels::builder().id(1).force(true).labels(&["a", "b"]).build();
    assert_eq!(sent(&set), r#"PUT /labels/1?force=true ["a","b"]"#);
}

#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "snake_case")]
enum Level {
    VeryHigh,
}

#[endpoint(post = "/level", response = ())]
struct SetLevel {
    #[endpoint(whole_body)]
    level: Level,
}

#[endpoint(patch = "/value", response = ())]
struct SetValue {
    #[endpoint(whole_body)]
    value: Option<Option<Value>>,
}

#[endpoint(delete = "/items", response = ())]
struct DeleteItems<T: Serialize> {
    #[endpoint(whole_body)]
    #[serde(serialize_with = "in_an_object")]
    ids: Vec<T>,
}

fn in_an_object<T: Serialize, S: serde::Serializer>(ids: &[T], to: S) -> Result<S::Ok, S::Error> {
    to.collect_map([("ids", ids)])
}

#[test]
fn a_whole_body_may_be_anything() {
    assert_eq!(sent(&SetLevel::builder().level(Level::VeryHigh).build()), r#"POST /level "very_high""#);
    assert_eq!(sent(&SetValue::builder().build()), "PATCH /value");
    assert_eq!(sent(&SetValue::builder().value(json!([{"a": 1}])).build()), r#"PATCH /value [{"a":1}]"#);
    assert_eq!(sent(&SetValue::builder().null_value().build()), "PATCH /value null");
    assert_eq!(sent(&DeleteItems::builder().ids([1, 2]).build()), r#"DELETE /items {"ids":[1,2]}"#);
}

#[endpoint(post = "/text", response = (), body = Text)]
struct PostText<'a> {
    #[endpoint(whole_body)]
    text: &'a str,
}

#[endpoint(post = "/numbers", response = (), body = JsonLines)]
struct PostLines {
    #[endpoint(whole_body)]
    lines: Vec<Value>,
}

#[endpoint(put = "/bytes", response = (), body = Bytes)]
struct PutBytes<T> {
    #[endpoint(whole_body)]
    bytes: T,
}

fn body(endpoint: &impl Endpoint) -> Vec<u8> {
    endpoint.request().unwrap().body().unwrap().to_vec()
}

#[test]
fn text_and_lines_are_sent_as_they_are() {
    assert_eq!(sent(&PostText::builder().text("a \"b\"\n").build()), "POST /text a \"b\"\n");
    let lines = PostLines::builder().lines(vec![json!({"a": [1, {}]}), json!([[]]), json!("x\ny")]).build();
    assert_eq!(body(&lines), b"{\"a\":[1,{}]}\n[[]]\n\"x\\ny\"\n");
    assert_eq!(body(&PostLines::builder().lines(Vec::<Value>::new()).build()), b"");
}

#[test]
fn bytes_are_sent_as_they_are() {
    let all: Vec<u8> = (0..=255).collect();
    assert_eq!(body(&PutBytes::builder().bytes(all.clone()).build()), all);
    assert_eq!(body(&PutBytes::builder().bytes(Bytes::from(all.clone())).build()), all);
    assert_eq!(body(&PutBytes::builder().bytes("\"\\\n\u{1}é").build()), "\"\\\n\u{1}é".as_bytes());
    assert_eq!(body(&PutBytes::builder().bytes(()).build()), b"");
    let rejected = rejected(&PutBytes::builder().bytes(vec![json!({"a": 1})]).build());
    assert!(
        rejected.contains("`body` cannot be sent: a body of bytes must be one `whole_body` field"),
        "{rejected}"
    );
    assert!(rejected.starts_with("PUT /bytes"), "{rejected}");
}

#[endpoint(post = "/charges", response = (), body = NestedForm, body("confirm" = true))]
struct Charge<'a> {
    amount: u64,
    #[endpoint(secret)]
    card: Option<&'a str>,
    metadata: Option<BTreeMap<&'a str, Value>>,
    items: Option<Vec<Meta<'a>>>,
    expand: Option<Vec<&'a str>>,
}

#[test]
fn a_nested_form_has_brackets() {
    let charge = Charge::builder()
        .amount(5_u64)
        .metadata([("a b", json!("x&y=ü")), ("list", json!([1, 2]))])
        .items([Meta::builder().title("t").tags(["u", "v"]).build()])
        .build();
    assert_eq!(
        sent(&charge),
        "POST /charges amount=5&metadata%5Ba+b%5D=x%26y%3D%C3%BC&metadata%5Blist%5D%5B0%5D=1&metadata%5Blist%5D%5B1%5D=2\
         &items%5B0%5D%5Btitle%5D=t&items%5B0%5D%5Btags%5D%5B0%5D=u&items%5B0%5D%5Btags%5D%5B1%5D=v&confirm=true"
    );
    let nothing = Charge::builder().amount(5_u64).card("c").expand(Vec::<&str>::new()).build();
    assert_eq!(sent(&nothing), "POST /charges amount=5&card=c&confirm=true");
}

#[endpoint(post = "/search", response = (), body = Form, body("page" = 1, "kind" = "a b"))]
struct Search<'a> {
    query: &'a str,
    tag: Vec<&'a str>,
    exact: Option<bool>,
    more: Option<Value>,
}

#[test]
fn a_form_repeats_names() {
    let search = Search::builder().query("*-._~ é").tag(["a", "b"]).exact(true);
    assert_eq!(
        sent(&search.build()),
        "POST /search query=*-._%7E+%C3%A9&tag=a&tag=b&exact=true&page=1&kind=a+b"
    );
    let said = rejected(&Search::builder().query("x").tag([""; 0]).more(json!({"a": 1})).build());
    assert!(said.contains("a form cannot contain nested values: use `body = NestedForm`"), "{said}");
}

/// The data of an image.
#[object]
#[derive(Clone)]
struct Meta<'a> {
    title: &'a str,
    tags: Option<Vec<&'a str>>,
}

#[endpoint(post = "/pictures", response = (), body = Multipart)]
struct PostPicture<'a> {
    album: Option<u32>,
    #[endpoint(query)]
    public: Option<bool>,
    #[serde(rename = "key[]")]
    keys: Vec<&'a str>,
    meta: Option<Meta<'a>>,
    file: Option<Upload>,
    more: Option<Vec<Upload>>,
}

/// Returns the body of a multipart request, with a short boundary.
fn parts(request: &Request) -> String {
    let whole = request.body().unwrap();
    let text = String::from_utf8_lossy(whole).into_owned();
    let boundary = text.lines().next().unwrap().trim_start_matches("--").to_owned();
    assert_eq!(boundary.len(), 32);
    text.replace(&boundary, "B").replace("\r\n", "\n")
}

#[test]
fn a_part_for_each_field() {
    let request = PostPicture::builder()
        .album(7_u32)
        .keys(["a\nb", "c"])
        .meta(Meta::builder().title("x").build())
        .build()
        .request()
        .unwrap();
    assert_eq!(
        parts(&request),
        "--B\ncontent-disposition: form-data; name=\"album\"\n\n7\n\
         --B\ncontent-disposition: form-data; name=\"key[]\"\n\na\nb\n\
         --B\ncontent-disposition: form-data; name=\"key[]\"\n\nc\n\
         --B\ncontent-disposition: form-data; name=\"meta\"\ncontent-type: application/json\n\n{\"title\":\"x\"}\n\
         --B--\n"
    );
}

#[test]
fn an_upload_is_no_part_of_a_request_before_it_is_sent() {
    let request = PostPicture::builder().keys(["a"]).file(Upload::bytes("x")).build().request().unwrap();
    assert_eq!(request.body(), None);
    let shown = format!("{request:?}");
    assert!(shown.contains("body: None"), "{shown}");
}

#[endpoint(post = "/related", response = (), body = MultipartRelated)]
struct Related<'a> {
    metadata: Meta<'a>,
    note: &'a str,
}

#[test]
fn related_parts_have_no_names() {
    let meta = Meta::builder().title("x").tags(["t"]).build();
    let request = Related::builder().metadata(meta).note("n").build().request().unwrap();
    assert_eq!(
        parts(&request),
        "--B\ncontent-type: application/json\n\n{\"title\":\"x\",\"tags\":[\"t\"]}\n\
         --B\ncontent-type: application/json\n\n\"n\"\n--B--\n"
    );
}

mod conditional {
    use super::*;

    fn shouted<S: serde::Serializer>(text: &&str, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&text.to_uppercase())
    }

    #[endpoint(post = "/parts", response = (), body = Multipart)]
    pub(super) struct Parts<'a> {
        #[serde(serialize_with = "shouted")]
        pub(super) first: &'a str,
        #[cfg(any(unix, not(unix)))]
        #[serde(skip_serializing_if = "str::is_empty")]
        pub(super) second: &'a str,
        #[cfg(any())]
        #[serde(serialize_with = "shouted")]
        pub(super) never: Nothing,
        #[serde(flatten)]
        pub(super) more: Option<BTreeMap<&'a str, u8>>,
    }
}

#[test]
fn attributes_of_serde_hold_in_every_format() {
    let parts = |second, more: Option<BTreeMap<&'static str, u8>>| {
        let built = conditional::Parts::builder().first("a").second(second).maybe_more(more).build();
        parts(&built.request().unwrap())
    };
    let part = |name, text| format!("--B\ncontent-disposition: form-data; name=\"{name}\"\n\n{text}\n");
    assert_eq!(parts("", None), part("first", "A") + "--B--\n");
    let more = Some([("x", 1)].into());
    assert_eq!(parts("b", more), part("first", "A") + &part("second", "b") + &part("x", "1") + "--B--\n");
}

#[resource(body("inherited" = 1))]
struct Folder;

#[endpoint(post = "/whole", response = (), on = Folder, body = JsonLines)]
struct WholeLines {
    #[endpoint(whole_body)]
    lines: Option<Vec<u8>>,
}

#[endpoint(post = "/whole", response = (), on = Folder)]
struct WholeJson {
    #[endpoint(whole_body)]
    content: Option<Vec<u8>>,
}

#[test]
fn a_whole_body_that_is_not_set_is_no_body() {
    assert_eq!(sent(&WholeLines { lines: None }), "POST /whole");
    assert_eq!(sent(&WholeJson { content: None }), "POST /whole");
    assert_eq!(sent(&WholeJson { content: Some(vec![1]) }), "POST /whole [1]");
}

#[endpoint(put = "/flat", response = (), body("k" = 1, "other" = 2))]
struct FlatJson {
    #[serde(flatten)]
    entries: BTreeMap<String, u8>,
}

#[endpoint(put = "/flat", response = (), body("k" = 1, "other" = 2), body = NestedForm)]
struct FlatForm {
    #[serde(flatten)]
    entries: BTreeMap<String, u8>,
}

#[test]
fn an_entry_of_a_flattened_field_replaces_a_constant_in_every_format() {
    let entries = BTreeMap::from([("k".to_owned(), 7)]);
    assert_eq!(sent(&FlatJson { entries: entries.clone() }), r#"PUT /flat {"k":7,"other":2}"#);
    assert_eq!(sent(&FlatForm { entries }), "PUT /flat k=7&other=2");
}
