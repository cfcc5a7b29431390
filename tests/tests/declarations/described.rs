//! The description of types: from the endpoint down to the fields of the objects inside.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use declapi::{
    Describe, Endpoint, FieldInfo, JsonKind, JsonObject, ObjectInfo, Secret, endpoint, object, response,
};
use serde::Serialize;

declapi::open_enum! {
    /// The state of an item.
    pub enum State {
        /// It is open.
        Open = "open",
        /// It is closed.
        Closed = "closed"
    }
}

/// The recipient of a message.
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

/// Sends a message.
#[endpoint(post = "/messages/{kind}/{route*?}", response = Page<Message>)]
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

/// A type without a description.
#[derive(Debug, Serialize)]
struct Opaque(u8);

fn as_text<S: serde::Serializer>(days: &[u8], to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(&days.len())
}

/// One page.
#[response]
#[derive(Debug)]
struct Page<T> {
    /// The items of the page.
    #[response(required)]
    results: Vec<T>,
    #[serde(rename = "next")]
    cursor: Option<Secret>,
}

/// A message.
#[response]
#[derive(Debug)]
struct Message {
    #[response(required)]
    id: u64,
    state: State,
    #[response(lenient)]
    sent_at: Option<declapi::Timestamp>,
    replies: Vec<Message>,
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

/// Metadata that the user sets.
#[derive(Clone, Debug, Default, Serialize)]
struct Opaque2;

/// A number with a newtype.
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

/// Returns each name with its kind, in short.
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
    assert_eq!((address.name, address.docs), ("Address", "The recipient of a message."));
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
    // A struct that contains itself has a description too.
    let inner = object(field(address.fields(), "careOf").kind);
    assert_eq!(inner, address);
    assert_eq!(kinds(inner.fields()), kinds(address.fields()));
}

#[test]
fn the_response_is_described_to_its_leaves() {
    let page = object(Post::INFO.response);
    assert_eq!(kinds(page.fields()), ["results: [Message]", "next: String?"]);
    let results = field(page.fields(), "results");
    assert_eq!((results.required, results.docs), (true, "The items of the page."));
    let letter = object(results.kind);
    assert_eq!(
        kinds(letter.fields()),
        [
            "id: Integer",
            "state: open|closed",
            "sent_at: String?",
            "replies: [Message]",
            "prices: {Number}",
            "odd: Unknown",
            "number: Integer",
            "point: Unknown",
            "*: {Unknown}",
        ]
    );
    assert_eq!(Name::KIND, JsonKind::String);
}

/// Reads one of several types.
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

/// Lists all messages.
#[endpoint(get = "/all", response = Vec<Option<Opaque2>>)]
struct All;

/// Follows the events.
#[endpoint(get = "/events", response = declapi::Events<Message>)]
struct Follow;

/// Reads a message, with its headers.
#[endpoint(get = "/messages/{id}", response = declapi::Response<Message>)]
struct Read {
    id: u8,
}

/// Reads a message that may be missing.
#[endpoint(get = "/messages/last", response = Option<Message>, none = 404)]
struct Last;

/// Changes a message.
#[endpoint(put = "/messages/{id}", response = declapi::Bytes)]
struct Put<'a> {
    id: u8,
    #[endpoint(whole_body)]
    all: &'a [Address<'a>],
}

#[test]
fn the_content_of_a_wrapper_is_described() {
    assert_eq!(short(Follow::INFO.response), "[Message]");
    assert_eq!(short(Read::INFO.response), "Message");
    assert_eq!(short(Last::INFO.response), "Message?");
    assert_eq!(short(Put::INFO.response), "Unknown");
    assert_eq!(kinds(Put::INFO.fields()), ["id: Integer", "all: [Address]"]);
}

#[test]
fn unknown_types_are_unknown() {
    assert_eq!(Any::<Message>::INFO.response, JsonKind::Unknown);
    assert_eq!(kinds(Any::<Message>::INFO.fields()), ["id: Integer", "kind: Unknown"]);
    assert_eq!(Delete::INFO.response, JsonKind::Null);
    assert_eq!(All::INFO.response, JsonKind::List(&JsonKind::Nullable(&JsonKind::Unknown)));
}

impl<'de> serde::Deserialize<'de> for Opaque2 {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        serde::Deserialize::deserialize(from).map(|()| Self)
    }
}

/// `Debug` shows the name of an object but not its fields, because they may contain the object again.
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
