//! The content of a JSON body, and the methods that have one.

use declapi::{endpoint, object};
use serde::Serialize;

use crate::sent;

#[endpoint(post = "/users", response = ())]
struct Create<'a> {
    name: &'a str,
    nick: Option<String>,
    age: Option<u8>,
    note: Option<Option<&'a str>>,
}

#[test]
fn unset_fields_are_left_out() {
    assert_eq!(sent(&Create::builder().name("Ada").build()), r#"POST /users {"name":"Ada"}"#);
    let whole = Create::builder().name("Ada").nick("A").age(36).note("first").build();
    assert_eq!(sent(&whole), r#"POST /users {"name":"Ada","nick":"A","age":36,"note":"first"}"#);
}

#[test]
fn null_is_a_third_state() {
    let body = |create: Create<'_>| sent(&create);
    let note = || Create::builder().name("Ada");
    assert_eq!(body(note().build()), r#"POST /users {"name":"Ada"}"#);
    assert_eq!(body(note().null_note().build()), r#"POST /users {"name":"Ada","note":null}"#);
    assert_eq!(body(note().note("").build()), r#"POST /users {"name":"Ada","note":""}"#);
    assert_eq!(body(note().maybe_note(None).build()), r#"POST /users {"name":"Ada"}"#);
    assert_eq!(body(note().maybe_note(Some(None)).build()), r#"POST /users {"name":"Ada","note":null}"#);
    assert_eq!(body(note().maybe_note(Some(Some("a"))).build()), r#"POST /users {"name":"Ada","note":"a"}"#);
}

#[test]
fn a_string_is_escaped_for_json() {
    let create = Create::builder().name("\"\\\n\u{1}é\u{1F600}").build();
    assert_eq!(sent(&create), "POST /users {\"name\":\"\\\"\\\\\\n\\u0001é\u{1F600}\"}");
}

#[endpoint(put = "/a", response = ())]
struct Put {
    a: Option<u8>,
}

#[endpoint(patch = "/a", response = ())]
struct Patch {
    a: Option<u8>,
}

#[test]
fn body_fields_that_are_all_unset_make_an_empty_object() {
    assert_eq!(sent(&Put::builder().build()), "PUT /a {}");
    assert_eq!(sent(&Patch::builder().maybe_a(Some(1)).build()), r#"PATCH /a {"a":1}"#);
}

#[endpoint(post = "/users/{id}/lock", response = ())]
struct Lock<'a> {
    id: &'a str,
    #[endpoint(query)]
    reason: Option<&'a str>,
}

#[endpoint(post = "/reindex", response = ())]
struct Reindex;

#[test]
fn without_body_fields_there_is_no_body() {
    assert_eq!(sent(&Lock::builder().id("u").reason("r").build()), "POST /users/u/lock?reason=r");
    assert_eq!(sent(&Reindex::builder().build()), "POST /reindex");
    assert_eq!(sent(&Reindex), "POST /reindex");
}

#[endpoint(delete = "/users", response = ())]
struct DeleteMany {
    #[endpoint(body)]
    ids: Vec<u32>,
    hard: Option<bool>,
}

#[test]
fn delete_has_a_body_where_a_field_says_so() {
    let delete = DeleteMany::builder().ids([1, 2]).hard(true).build();
    assert_eq!(sent(&delete), r#"DELETE /users?hard=true {"ids":[1,2]}"#);
}

#[object]
struct Address<'a> {
    street: Option<&'a str>,
    city: &'a str,
    floor: Option<Option<u8>>,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Home,
}

#[endpoint(post = "/addresses", response = ())]
struct AddAddress<'a> {
    kind: Kind,
    address: Address<'a>,
    others: Vec<Address<'a>>,
}

#[test]
fn objects_inside_are_elided_as_well() {
    let add = AddAddress::builder()
        .kind(Kind::Home)
        .address(Address::builder().city("London").null_floor().build())
        .others([Address::builder().city("Paris").street("Rue").build()])
        .build();
    assert_eq!(
        sent(&add),
        concat!(
            r#"POST /addresses {"kind":"home","address":{"city":"London","floor":null},"#,
            r#""others":[{"street":"Rue","city":"Paris"}]}"#
        )
    );
}
