//! `#[cfg]` on fields, with a true and a false condition.

use std::time::Duration;

use declapi::{Describe, Endpoint, JsonKind, client, endpoint, object};

use crate::sent;

/// `test` is true in every compilation of this file.
#[endpoint(post = "/cfg", response = ())]
#[derive(Clone, PartialEq)]
struct Conditional<'a> {
    #[cfg(test)]
    there: u8,
    #[cfg(not(test))]
    gone: Missing<'a>,
    #[cfg(test)]
    maybe_there: Option<&'a str>,
    #[cfg(not(test))]
    maybe_gone: Option<Missing<'a>>,
    #[cfg(test)]
    #[cfg(not(test))]
    twice: Missing<'a>,
    #[cfg(not(test))]
    #[serde(flatten)]
    flat: Missing<'a>,
    #[cfg(not(test))]
    #[endpoint(secret)]
    #[serde(skip_serializing_if = "missing")]
    skipped: Option<Option<Missing<'a>>>,
    #[cfg(test)]
    #[endpoint(query)]
    asked: Option<u8>,
    #[cfg(not(test))]
    #[endpoint(header = "x-gone")]
    header: Missing<'a>,
}

#[test]
fn disabled_fields_are_neither_required_nor_sent() {
    let request = Conditional::builder().there(1).maybe_there("m").asked(2).build();
    assert_eq!(sent(&request), r#"POST /cfg?asked=2 {"there":1,"maybe_there":"m"}"#);
    assert_eq!(format!("{request:?}"), r#"Conditional { there: 1, maybe_there: Some("m"), asked: Some(2) }"#);
}

#[test]
fn disabled_fields_are_not_described() {
    let fields: Vec<&str> = Conditional::INFO.fields().map(|field| field.name).collect();
    assert_eq!(fields, ["there", "maybe_there", "asked"]);
}

#[object]
struct Nested {
    #[cfg(not(test))]
    gone: Missing,
    #[cfg(test)]
    there: Option<u8>,
}

#[test]
fn objects_follow_too() {
    assert_eq!(serde_json::to_string(&Nested::builder().there(1).build()).unwrap(), r#"{"there":1}"#);
}

#[client(base_url = "https://api.example.com")]
struct Service {
    #[cfg(not(test))]
    gone: Missing,
    #[cfg(test)]
    there: u8,
}

#[test]
fn clients_follow_too() {
    let client = Service::builder_with(1).build().unwrap().with_timeout(Duration::MAX);
    assert_eq!(client.to_async().there, 1);
}

#[object]
struct Guarded {
    #[object(secret)]
    code: String,
    #[cfg(test)]
    #[declapi::object(secret)]
    there: u8,
}

#[object]
struct Renamed {
    #[object(secret)]
    #[cfg_attr(test, serde(rename = "pin"))]
    code: String,
}

#[test]
fn secrets_stay_secrets_in_the_metadata() {
    fn secrets<T: Describe>() -> Vec<(&'static str, bool)> {
        let JsonKind::Object(object) = T::KIND else { panic!("no object: {:?}", T::KIND) };
        object.fields().map(|field| (field.name, field.secret)).collect()
    }
    assert_eq!(secrets::<Guarded>(), [("code", true), ("there", true)]);
    assert_eq!(secrets::<Renamed>(), [("pin", true)]);
}

#[endpoint(post = "/whole", response = ())]
struct Whole {
    #[cfg(test)]
    #[cfg(not(any(test,)))]
    #[endpoint(whole_body)]
    gone: Missing,
}

#[endpoint(post = "/whole", response = ())]
struct WholeThere {
    #[cfg(test)]
    #[endpoint(whole_body)]
    there: u8,
}

#[test]
fn a_disabled_whole_body_is_not_sent() {
    assert_eq!(sent(&Whole {}), "POST /whole");
    assert_eq!(sent(&WholeThere { there: 1 }), "POST /whole 1");
}

#[cfg(not(test))]
#[endpoint(post = "/nowhere", response = Missing)]
struct Nowhere {
    missing: Missing,
}

#[endpoint(post = "/nowhere", response = Missing)]
#[cfg(not(test))]
struct NowhereEither {
    missing: Missing,
}

#[endpoint(get = "/documented", response = ())]
#[cfg_attr(test, derive(Clone))]
struct Documented {
    #[cfg_attr(test, doc = "Documented.")]
    #[cfg_attr(not(test), doc(hidden))]
    field: u8,
}

#[test]
fn other_attributes_may_be_conditional() {
    assert_eq!(sent(&Documented::builder().field(1).build().clone()), "GET /documented?field=1");
}
