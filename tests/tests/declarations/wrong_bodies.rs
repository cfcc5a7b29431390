//! Bodies that a format rejects, and how errors keep secrets.

use declapi::{ApiClient, Bytes, Client, Endpoint, Form, JsonLines, Multipart, Text, Upload, endpoint, http};
use serde_json::{Value, json};

use crate::{rejected, sent};

#[endpoint(post = "/wrong", response = ())]
struct Wrong {
    file: Upload,
}

#[endpoint(post = "/deep", response = (), body = Multipart)]
struct Deep {
    files: Value,
    file: Vec<(u8, Upload)>,
}

#[test]
fn an_upload_needs_a_format_that_takes_it() {
    let said = rejected(&Wrong::builder().file(Upload::bytes("secret")).build());
    assert!(said.contains("`file` cannot be sent: "), "{said}");
    let said = rejected(&Deep::builder().files(json!(1)).file(vec![(1, Upload::bytes("secret"))]).build());
    assert!(said.contains("an `Upload` cannot be inside of another value: make it a field"), "{said}");
}

#[endpoint(post = "/login", response = (), body = Multipart)]
struct Login<'a> {
    user: &'a str,
    #[endpoint(secret)]
    password: &'a str,
}

#[test]
fn no_secret_is_shown() {
    let login = Login::builder().user("ada").password("hunter2-hunter2").build();
    let request = login.request().unwrap();
    let shown = format!("{login:?} {request:?}");
    assert!(shown.contains("ada") && !shown.contains("hunter2"), "{shown}");
}

#[endpoint(put = "/key", response = (), body = Bytes)]
struct PutKey<T> {
    #[endpoint(whole_body, secret)]
    key: T,
}

#[endpoint(post = "/keys", response = (), body = Multipart)]
struct PostKey {
    #[endpoint(secret)]
    key: Upload,
}

/// A server that repeats its request in the response.
fn repeated(endpoint: &impl Endpoint) -> String {
    let response = http::Response::builder().status(400).body(r#"{"message":"not hunter2-hunter2"}"#.into());
    let Err(error) = Client::read(endpoint, response.unwrap()) else { panic!("400 is an error") };
    format!("{error} {error:?}")
}

#[test]
fn a_secret_of_bytes_is_redacted() {
    let secret = b"hunter2-hunter2";
    for said in [
        repeated(&PutKey::builder().key(secret.to_vec()).build()),
        repeated(&PutKey::builder().key(Bytes::from(&secret[..])).build()),
        repeated(&PutKey::builder().key(Upload::bytes(&secret[..])).build()),
        repeated(&PutKey::builder().key("hunter2-hunter2").build()),
        repeated(&PostKey::builder().key(Upload::bytes(&secret[..])).build()),
    ] {
        assert!(said.contains("not <redacted>") && !said.contains("hunter2"), "{said}");
    }
}

#[endpoint(post = "/one", response = (), body = JsonLines)]
struct WholeLine<T> {
    #[endpoint(whole_body)]
    value: T,
}

#[endpoint(post = "/one", response = (), body = Text)]
struct WholeText<T> {
    #[endpoint(whole_body)]
    value: T,
}

#[endpoint(post = "/one", response = (), body = Form)]
struct WholeForm<T> {
    #[endpoint(whole_body)]
    value: T,
}

#[endpoint(post = "/one", response = (), body = Multipart)]
struct WholePart<T> {
    #[endpoint(whole_body)]
    value: T,
}

#[test]
fn a_value_of_another_shape_is_an_error_that_says_which_is_right() {
    let lines = "`body` cannot be sent: a body of JSON lines must be a list";
    let text = "`body` cannot be sent: a body of text is one string, boolean or finite number";
    let fields = "`body` cannot be sent: its format consists of fields, but the whole body is neither a struct nor a map";
    for (said, wanted) in [
        (rejected(&WholeLine::builder().value(1).build()), lines),
        (rejected(&WholeLine::builder().value("a").build()), lines),
        (rejected(&WholeLine::builder().value(json!({"a": 1})).build()), lines),
        (rejected(&WholeText::builder().value([1]).build()), text),
        (rejected(&WholeText::builder().value(json!({"a": 1})).build()), text),
        (rejected(&WholeForm::builder().value(1).build()), fields),
        (rejected(&WholeForm::builder().value([1]).build()), fields),
        (rejected(&WholePart::builder().value("a").build()), fields),
    ] {
        assert!(said.contains(wanted), "{said}");
    }
    assert_eq!(sent(&WholeForm::builder().value(json!({"a": 1})).build()), "POST /one a=1");
    assert_eq!(sent(&WholeText::builder().value(1.5).build()), "POST /one 1.5");
}
