//! What a description says of types: from the endpoint down to the fields of the objects inside.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use declapi::{
    Describe, Endpoint, FieldInfo, JsonKind, JsonObject, ObjectInfo, Secret, endpoint, object, response,
};
use serde::Serialize;

declapi::open_enum! {
    /// Whether something is open.
    pub enum State {
        /// It is.
        Open = "open",
        /// It is not.
        Closed = "closed",
    }
}

/// Who a letter is for.
#[object]
#[serde(rename_all = "camelCase")]
struct Address<'a> {
    /// The name.
    ///
    /// With the first name first.
    full_name: &'a str,
    lines: Vec<Cow<'a, str>>,
    floor: Option<i8>,
    #[object(secret)]
    door_code: Option<Option<u32>>,
    care_of: Option<Box<Address<'a>>>,
    #[serde(flatten)]
    more: JsonObject,
}

/// Sends a letter.
#[endpoint(post = "/letters/{kind}/{route*?}", response = Page<Letter>)]
struct Post<'a> {
    kind: State,
    route: Option<&'a str>,
    #[endpoint(header = "x-trace")]
    trace: Option<&'a str>,
    #[endpoint(query(comma))]
    options: Option<Vec<State>>,
    to: Address<'a>,
    copies: &'a [Address<'a>],
    weight: Option<Option<f64>>,
    express: bool,
    tags: HashMap<String, u8>,
    #[serde(serialize_with = "as_text")]
    days: Vec<u8>,
    opaque: Opaque,
    opaques: Option<Vec<Opaque>>,
    whatever: serde_json::Value,
}

/// Says nothing of itself.
#[derive(Debug, Serialize)]
struct Opaque(u8);

fn as_text<S: serde::Serializer>(days: &[u8], to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&days.len())
}

/// One page.
#[response]
#[derive(Debug)]
struct Page<T> {
    /// What is on it.
    #[response(required)]
    results: Vec<T>,
    #[serde(rename = "next")]
    cursor: Option<Secret>,
}

/// A letter.
#[response]
#[derive(Debug)]
struct Letter {
    #[response(required)]
    id: u64,
    state: State,
    #[response(lenient)]
    sent_at: Option<declapi::Timestamp>,
    replies: Vec<Letter>,
    prices: BTreeMap<String, f32>,
    #[serde(skip)]
    _cached: Option<Opaque2>,
    #[serde(deserialize_with = "anything")]
    odd: Option<u8>,
    #[cfg(any())]
    never: NoType,
    number: Number,
    point: (i8, i8),
    #[serde(flatten)]
    more: JsonObject,
}

/// What a user made for it.
#[derive(Clone, Debug, Default, Serialize)]
struct Opaque2;

/// A number with a type of its own.
#[response]
#[derive(Debug, Default)]
#[serde(transparent)]
struct Number {
    value: u32,
}

/// A name that is read from a string.
#[response]
#[derive(Clone, Debug)]
#[serde(from = "String", into = "String")]
struct Name {
    name: String,
}

impl From<String> for Name {
    fn from(name: String) -> Self {
        Self { name }
    }
}

impl From<Name> for String {
    fn from(name: Name) -> Self {
        name.name
    }
}

fn anything<'de, D: serde::Deserializer<'de>>(from: D) -> Result<Option<u8>, D::Error> {
    serde::de::Deserialize::deserialize(from)
}

/// Each name with its kind, in short.
fn kinds(fields: impl Iterator<Item = FieldInfo>) -> Vec<String> {
    fields.map(|field| format!("{}: {}", field.name, short(field.kind))).collect()
}

fn short(kind: JsonKind) -> String {
    match kind {
        JsonKind::List(of) => format!("[{}]", short(*of)),
        JsonKind::Map(of) => format!("{{{}}}", short(*of)),
        JsonKind::Nullable(of) => format!("{}?", short(*of)),
        JsonKind::Enum(values) => values.join("|"),
        JsonKind::Object(object) => object.name.to_owned(),
        other => format!("{other:?}"),
    }
}

fn object(kind: JsonKind) -> &'static ObjectInfo {
    match kind {
        JsonKind::Object(object) => object,
        JsonKind::List(of) | JsonKind::Nullable(of) => object(*of),
        other => panic!("{other:?} is no object"),
    }
}

fn field(fields: impl Iterator<Item = FieldInfo>, name: &str) -> FieldInfo {
    let mut found = fields.filter(|field| field.name == name);
    found.next().unwrap()
}

#[test]
fn every_field_of_a_request_has_a_kind() {
    assert_eq!(
        kinds(Post::INFO.fields()),
        [
            "kind: open|closed",
            "route: String",
            "x-trace: String",
            "options: [open|closed]",
            "to: Address",
            "copies: [Address]",
            "weight: Number?",
            "express: Boolean",
            "tags: {Integer}",
            "days: Unknown",
            "opaque: Unknown",
            "opaques: [Unknown]",
            "whatever: Unknown",
        ]
    );
}

#[test]
fn an_object_inside_a_request_has_its_fields() {
    let address = object(field(Post::INFO.fields(), "copies").kind);
    assert_eq!((address.name, address.docs), ("Address", "Who a letter is for."));
    assert!(address.module.ends_with("described"), "{}", address.module);
    assert_eq!(
        kinds(address.fields()),
        [
            "fullName: String",
            "lines: [String]",
            "floor: Integer",
            "doorCode: Integer?",
            "careOf: Address",
            "*: {Unknown}",
        ]
    );
    let name = field(address.fields(), "fullName");
    assert_eq!((name.required, name.secret, name.ty, name.docs), (true, false, "&'a str", "The name."));
    let code = field(address.fields(), "doorCode");
    assert_eq!((code.required, code.secret), (false, true));
    // A struct that contains itself has a description all the same.
    let inner = object(field(address.fields(), "careOf").kind);
    assert_eq!(inner, address);
    assert_eq!(kinds(inner.fields()), kinds(address.fields()));
}

#[test]
fn the_response_is_described_to_its_leaves() {
    let page = object(Post::INFO.response);
    assert_eq!(kinds(page.fields()), ["results: [Letter]", "next: String?"]);
    let results = field(page.fields(), "results");
    assert_eq!((results.required, results.docs), (true, "What is on it."));
    let letter = object(results.kind);
    assert_eq!(
        kinds(letter.fields()),
        [
            "id: Integer",
            "state: open|closed",
            "sent_at: String?",
            "replies: [Letter]",
            "prices: {Number}",
            "odd: Unknown",
            "number: Integer",
            "point: Unknown",
            "*: {Unknown}",
        ]
    );
    assert_eq!(Name::KIND, JsonKind::String);
}

/// Reads one or another.
#[endpoint(get = "/any/{id}", response = T)]
struct Any<T: serde::de::DeserializeOwned> {
    id: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<std::marker::PhantomData<T>>,
}

/// Deletes it.
#[endpoint(delete = "/any/{id}", response = ())]
struct Delete {
    id: u8,
}

/// Lists all.
#[endpoint(get = "/all", response = Vec<Option<Opaque2>>)]
struct All;

/// Follows what happens.
#[endpoint(get = "/events", response = declapi::Events<Letter>)]
struct Follow;

/// Reads one, with its headers.
#[endpoint(get = "/letters/{id}", response = declapi::Response<Letter>)]
struct Read {
    id: u8,
}

/// Reads what may not be there.
#[endpoint(get = "/letters/last", response = Option<Letter>, none = 404)]
struct Last;

/// Changes one.
#[endpoint(put = "/letters/{id}", response = declapi::Bytes)]
struct Put<'a> {
    id: u8,
    #[endpoint(whole_body)]
    all: &'a [Address<'a>],
}

#[test]
fn what_is_inside_a_wrapper_is_described() {
    assert_eq!(short(Follow::INFO.response), "[Letter]");
    assert_eq!(short(Read::INFO.response), "Letter");
    assert_eq!(short(Last::INFO.response), "Letter?");
    assert_eq!(short(Put::INFO.response), "Unknown");
    assert_eq!(kinds(Put::INFO.fields()), ["id: Integer", "all: [Address]"]);
}

#[test]
fn what_is_not_known_is_unknown() {
    assert_eq!(Any::<Letter>::INFO.response, JsonKind::Unknown);
    assert_eq!(kinds(Any::<Letter>::INFO.fields()), ["id: Integer", "kind: Unknown"]);
    assert_eq!(Delete::INFO.response, JsonKind::Null);
    assert_eq!(All::INFO.response, JsonKind::List(&JsonKind::Nullable(&JsonKind::Unknown)));
}

impl<'de> serde::Deserialize<'de> for Opaque2 {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        serde::Deserialize::deserialize(from).map(|()| Self)
    }
}

/// Debug shows the name of an object, and nothing of its fields, which may contain it again.
#[test]
fn debug_ends() {
    let shown = format!("{:?}", Post::INFO);
    assert!(shown.contains("Address") && shown.contains("Page"), "{shown}");
}

/// A key.
#[response]
#[derive(Debug)]
struct Key {
    #[response(required, secret)]
    value: String,
    #[response(lenient, secret)]
    spare: Option<u32>,
    name: String,
}

#[test]
fn a_response_says_which_fields_are_secret() {
    let fields: Vec<_> =
        object(Key::KIND).fields().map(|field| (field.name, field.required, field.secret)).collect();
    assert_eq!(fields, [("value", true, true), ("spare", false, true), ("name", false, false)]);
}
