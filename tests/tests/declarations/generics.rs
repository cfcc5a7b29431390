//! Type parameters, lifetimes, constants, bounds and defaults.

use std::fmt::{Debug, Display};

use declapi::{ApiClient, Client, Endpoint, endpoint, http, object, response};
use serde::{Serialize, Serializer};

use crate::sent;

#[endpoint(post = "/search", response = Page<T>)]
struct Search<'a, 'b: 'a, T, F = u8, const N: usize = 2>
where
    T: Display + Default + serde::de::DeserializeOwned,
    &'a F: Debug,
{
    text: &'a str,
    other: Option<&'b str>,
    filter: T,
    first: Option<F>,
    list: Vec<T>,
    #[serde(serialize_with = "listed")]
    pair: [u8; N],
    by_reference: Option<&'a F>,
}

#[response]
struct Page<T> {
    results: Vec<T>,
    first: Option<T>,
    #[response(required)]
    last: T,
    next: T,
    cursor: String,
}

#[test]
fn parameters_are_inferred_from_values() {
    let search = Search::builder().text("t").filter(1.5).list([2.5]).pair([1, 2]).first('f').build();
    assert_eq!(
        sent(&search),
        r#"POST /search {"text":"t","filter":1.5,"first":"f","list":[2.5],"pair":[1,2]}"#
    );
}

#[test]
fn a_generic_response_is_read() {
    fn read<E: Endpoint>(endpoint: &E, json: &'static str) -> E::Response {
        Client::read(endpoint, http::Response::new(json.into())).unwrap()
    }
    let search: Search<'_, '_, String> =
        Search::builder().text("t").filter(String::new()).list([]).pair([1, 2]).build();
    let page = read(&search, r#"{"results":null,"last":"l","next":null}"#);
    assert_eq!((page.results.len(), page.first, page.last), (0, None, "l".to_owned()));
    assert_eq!((page.next, page.cursor), (String::new(), String::new()));
}

#[endpoint(put = "/unsized", response = ())]
struct Unsized<'a, T: ?Sized> {
    value: &'a T,
}

#[test]
fn a_parameter_may_be_unsized() {
    assert_eq!(sent(&Unsized::builder().value("text").build()), r#"PUT /unsized {"value":"text"}"#);
    assert_eq!(sent(&Unsized::builder().value(&[1_u8][..]).build()), r#"PUT /unsized {"value":[1]}"#);
}

fn listed<S: Serializer, const N: usize>(array: &[u8; N], to: S) -> Result<S::Ok, S::Error> {
    array.as_slice().serialize(to)
}

/// A type without `Serialize` and `Debug`.
struct Opaque;

fn one<T, S: Serializer>(_: &T, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_u8(1)
}

#[endpoint(put = "/opaque", response = ())]
struct Hidden {
    #[endpoint(secret)]
    #[serde(serialize_with = "one")]
    value: Opaque,
}

#[test]
fn a_field_with_a_custom_serializer_needs_no_traits() {
    assert_eq!(sent(&Hidden::builder().value(Opaque).build()), r#"PUT /opaque {"value":1}"#);
}

#[object]
#[derive(Clone, PartialEq)]
struct Range<T: PartialOrd = u8> {
    from: Option<T>,
    to: T,
}

#[endpoint(post = "/ranges", response = ())]
struct Ranges<T: PartialOrd + Serialize> {
    range: Range<T>,
    ranges: Option<Vec<Range<T>>>,
}

#[test]
fn objects_have_parameters_too() {
    let range = Range::builder().to(2).build();
    let ranges = Ranges::builder().range(range.clone()).ranges([range]).build();
    assert_eq!(sent(&ranges), r#"POST /ranges {"range":{"to":2},"ranges":[{"to":2}]}"#);
}

#[endpoint(post = "/marked", response = ())]
struct Marked<T> {
    #[serde(flatten)]
    marker: std::marker::PhantomData<T>,
    name: String,
}

#[test]
fn types_are_described_as_written() {
    let fields: Vec<&str> = <Search<'_, '_, f32> as Endpoint>::INFO.fields().map(|field| field.ty).collect();
    assert_eq!(
        fields,
        ["&'a str", "Option<&'b str>", "T", "Option<F>", "Vec<T>", "[u8; N]", "Option<&'a F>"]
    );
    assert_eq!(Marked::<u8>::INFO.fields().next().unwrap().name, "*");
}

/// A marker type, which has neither `Serialize` nor `Debug`.
trait Kind {
    type Id;
}

struct Users;

impl Kind for Users {
    type Id = u32;
}

#[endpoint(post = "/kinds/{id}", response = ())]
struct OfKind<K: Kind> {
    id: K::Id,
    others: Option<Vec<<K as Kind>::Id>>,
    marker: std::marker::PhantomData<K>,
}

#[object]
struct Reference<K: Kind> {
    id: K::Id,
}

#[endpoint(post = "/written", response = ())]
struct Written<T> {
    #[endpoint(secret)]
    #[serde(serialize_with = "one")]
    value: T,
}

#[test]
fn only_the_types_of_fields_need_traits() {
    let of_users: OfKind<Users> =
        OfKind::builder().id(1).others([2, 3]).marker(std::marker::PhantomData).build();
    assert_eq!(sent(&of_users), r#"POST /kinds/1 {"others":[2,3],"marker":null}"#);
    assert!(format!("{of_users:?}").starts_with("OfKind { id: 1, others: Some([2, 3]), "), "{of_users:?}");
    let reference: Reference<Users> = Reference::builder().id(4).build();
    assert_eq!(serde_json::to_string(&reference).unwrap(), r#"{"id":4}"#);
    assert_eq!(format!("{reference:?}"), "Reference { id: 4 }");
    let written = Written::builder().value(Opaque).build();
    assert_eq!(sent(&written), r#"POST /written {"value":1}"#);
    assert_eq!(format!("{written:?}"), "Written { value: <redacted> }");
}

/// Types with the names of constant parameters.
mod same_names {
    use super::{Endpoint, endpoint, response, sent};

    #[expect(dead_code, reason = "only the name is needed")]
    struct N;

    #[endpoint(post = "/same", response = Found<{ N }>)]
    struct Ask<const N: usize = 3, T = [u8; 3]> {
        list: Option<T>,
    }

    #[response]
    struct Found<const N: usize> {
        own: Vec<Self>,
    }

    #[test]
    fn a_constant_may_have_the_name_of_a_type() {
        let ask: Ask = Ask::builder().list([1, 2, 3]).build();
        assert_eq!(sent(&ask), r#"POST /same {"list":[1,2,3]}"#);
        assert_eq!(Ask::<3>::INFO.path, "/same");
    }
}
