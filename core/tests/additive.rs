//! Declarations that must compile with any features, because another crate may enable them: with the feature
//! `arguments`, an object is also read.

#![allow(dead_code, missing_docs, reason = "most declarations must only compile")]

use std::borrow::Cow;
use std::collections::HashMap;

use declapi::{Endpoint as _, endpoint, object};
use serde::de::DeserializeOwned;
use serde::{Serialize, Serializer};

/// A type that cannot be read.
#[derive(Clone, Debug, Serialize)]
struct OnlyWritten;

fn as_one<T, S: Serializer>(_: &T, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_u8(1)
}

#[object]
#[serde(transparent)]
struct Transparent {
    only: Option<u8>,
}

#[object]
#[serde(transparent)]
struct TransparentWritten<'a> {
    #[serde(serialize_with = "as_one")]
    only: Option<&'a OnlyWritten>,
}

#[object]
struct Static {
    text: &'static str,
    only: OnlyWritten,
}

#[object]
struct StaticBytes<T> {
    bytes: Option<&'static [u8]>,
    value: Option<T>,
    #[serde(serialize_with = "as_one")]
    only: OnlyWritten,
}

#[object]
struct StaticBorrow {
    #[serde(borrow)]
    text: Cow<'static, str>,
    only: OnlyWritten,
}

#[object]
struct Conditional<T> {
    #[cfg(test)]
    value: Option<T>,
    #[cfg(not(test))]
    gone: Missing<T>,
    there: u8,
}

#[object]
struct ConditionalWritten {
    #[cfg(test)]
    only: OnlyWritten,
}

#[object]
struct NamedLikeTheInput<'de> {
    text: &'de str,
}

#[object]
struct Borrowed<'a> {
    list: Vec<&'a str>,
    nullable: Option<Option<&'a str>>,
    lists: Option<Vec<Cow<'a, str>>>,
    map: HashMap<&'a str, &'a str>,
    array: [&'a str; 2],
}

#[object]
struct Exclusive<'a> {
    text: &'a mut str,
}

#[object]
struct BoundToWrite<T, U> {
    #[serde(bound = "T: Serialize,")]
    value: T,
    #[serde(bound(serialize = "U: Serialize"))]
    other: Option<U>,
}

#[object]
struct NoBound {
    #[serde(bound = "")]
    only: OnlyWritten,
}

#[object]
struct BoundToRead<T, U: for<'x> serde::Deserialize<'x>>
where
    T: DeserializeOwned,
{
    value: T,
    optional: Option<T>,
    list: Vec<T>,
    other: U,
    #[serde(bound = "U: Serialize")]
    bound: U,
}

#[endpoint(post = "/bound", response = ())]
struct BoundList<T>
where
    Vec<T>: DeserializeOwned,
{
    list: Vec<T>,
    value: Option<T>,
}

#[endpoint(post = "/conditional", response = ())]
struct ConditionalBody<'a, T: Iterator + Serialize, const N: usize>
where
    T::Item: Serialize,
{
    #[cfg(test)]
    only: Option<OnlyWritten>,
    #[cfg(test)]
    #[cfg(not(all(windows, unix)))]
    list: &'a [OnlyWritten],
    #[cfg(not(test))]
    gone: Missing<'a, T, N>,
    #[cfg(test)]
    values: Option<Vec<T>>,
    #[cfg(test)]
    items: Vec<T::Item>,
    #[cfg(test)]
    bytes: std::marker::PhantomData<[T; N]>,
}

#[test]
fn all_declarations_compile() {
    let object = Static::builder().text("a").only(OnlyWritten).build();
    assert_eq!(serde_json::to_string(&object).unwrap_or_default(), r#"{"text":"a","only":null}"#);
}

#[cfg(feature = "arguments")]
#[test]
fn objects_are_read_from_arguments() -> Result<(), Box<dyn std::error::Error>> {
    use declapi::{Endpoint, FromArguments};

    #[endpoint(post = "/read", response = ())]
    struct Read<'a> {
        transparent: Transparent,
        borrowed: Borrowed<'a>,
        conditional: Conditional<u8>,
        write: BoundToWrite<u8, u16>,
        bound: BoundToRead<u8, u16>,
        #[cfg(test)]
        there: Option<Vec<Transparent>>,
        #[cfg(not(test))]
        gone: Missing,
    }

    let stored = r#"{"transparent":1,"borrowed":{"list":["a"],"nullable":null,"map":{"b":"c"},"array":["d","e"]},"conditional":{"value":2,"there":3},"write":{"value":4},"bound":{"value":5,"list":[6],"other":7,"bound":8},"there":[1]}"#;
    let arguments = serde_json::from_str(stored)?;
    let request = Read::from_arguments(&arguments)?.request()?;
    assert_eq!(request.body(), Some(stored.as_bytes()));
    Ok(())
}

#[object]
struct Node {
    value: u8,
    next: Option<Box<Node>>,
    others: Option<Vec<Node>>,
}

#[object]
struct Folder {
    files: Option<Vec<File>>,
}

#[object]
struct File {
    #[serde(bound(deserialize = ""))]
    folder: Option<Box<Folder>>,
}

#[endpoint(post = "/nodes", response = ())]
struct Recursive {
    node: Node,
    folder: Option<Folder>,
}

#[test]
fn objects_can_contain_themselves_and_each_other() {
    let inner = Node::builder().value(1).build();
    let node = Node::builder().value(2).next(inner).maybe_others(None::<[Node; 0]>).build();
    let folder = Folder::builder().build();
    let folder = Folder::builder().files([File::builder().folder(folder).build()]).build();
    let request = Recursive { node, folder: Some(folder) }.request().unwrap();
    let body = br#"{"node":{"value":2,"next":{"value":1}},"folder":{"files":[{"folder":{}}]}}"#;
    assert_eq!(request.body().unwrap(), body);
    #[cfg(feature = "arguments")]
    {
        let arguments = serde_json::from_slice(request.body().unwrap()).unwrap();
        let read = <Recursive as declapi::FromArguments>::from_arguments(&arguments).unwrap();
        assert_eq!(read.request().unwrap().body(), request.body());
    }
}
