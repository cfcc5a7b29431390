//! Other formats than JSON, and serde's ways to buffer a value.

use std::borrow::Cow;
use std::collections::BTreeMap;

use declapi::response;
use serde::Deserialize;
use serde_test::{Token, assert_de_tokens, assert_de_tokens_error, assert_tokens};

#[response]
#[derive(Clone, Debug, Default, PartialEq)]
struct Small {
    id: u8,
    #[serde(rename = "size", alias = "length")]
    size: Option<u8>,
    tags: Vec<u8>,
}

fn small() -> Small {
    Small { id: 1, size: Some(2), tags: Vec::new() }
}

#[test]
fn a_name_may_come_in_any_form() {
    for [id, length, unknown] in [
        [Token::Str("id"), Token::Str("length"), Token::Str("x")],
        [Token::BorrowedStr("id"), Token::BorrowedStr("length"), Token::BorrowedStr("x")],
        [Token::String("id"), Token::String("length"), Token::String("x")],
        [Token::Bytes(b"id"), Token::Bytes(b"length"), Token::Bytes(b"\xff")],
        [Token::BorrowedBytes(b"id"), Token::BorrowedBytes(b"length"), Token::BorrowedBytes(b"x")],
        [Token::ByteBuf(b"id"), Token::ByteBuf(b"length"), Token::ByteBuf(b"x")],
        [Token::U64(0), Token::U64(1), Token::U64(9)],
        [Token::U8(0), Token::U8(1), Token::U8(255)],
    ] {
        let given = [
            Token::Map { len: None },
            length,
            Token::Some,
            Token::U8(2),
            unknown,
            Token::Unit,
            id,
            Token::Some,
            Token::U8(1),
            Token::MapEnd,
        ];
        assert_de_tokens(&small(), &given);
    }
}

#[test]
fn the_written_struct_has_the_stated_number_of_fields() {
    let size = Token::Str("size");
    let (id, tags) = (Token::Str("id"), Token::Str("tags"));
    let list = [Token::Seq { len: Some(0) }, Token::SeqEnd];
    let whole =
        [Token::Struct { name: "Small", len: 3 }, id, Token::U8(1), size, Token::Some, Token::U8(2), tags];
    serde_test::assert_ser_tokens(&small(), &[&whole[..], &list, &[Token::StructEnd]].concat());
    let less = [Token::Struct { name: "Small", len: 2 }, id, Token::U8(1), tags];
    let unset = Small { size: None, ..small() };
    serde_test::assert_ser_tokens(&unset, &[&less[..], &list, &[Token::StructEnd]].concat());
}

#[test]
fn a_sequence_is_no_struct_in_any_format() {
    let given = [Token::Seq { len: Some(0) }, Token::SeqEnd];
    assert_de_tokens_error::<Small>(&given, "invalid type: sequence, expected struct Small");
    let empty = Small::default();
    assert_de_tokens(&empty, &[Token::Map { len: Some(0) }, Token::MapEnd]);
    let named = [Token::Struct { name: "Small", len: 0 }, Token::StructEnd];
    assert_de_tokens(&empty, &named);
}

#[test]
fn values_that_are_held_back_are_read_too() {
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Small(Small),
        Text(String),
    }
    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(tag = "kind")]
    enum Tagged {
        Small(Small),
    }
    #[derive(Debug, PartialEq, Deserialize)]
    struct Outer {
        x: u8,
        #[serde(flatten)]
        small: Small,
        #[serde(flatten)]
        rest: BTreeMap<String, u8>,
    }
    let small = small();
    let json = r#"{"id":1,"length":2,"kind":"Small"}"#;
    assert_eq!(serde_json::from_str::<Either>(json).unwrap(), Either::Small(small.clone()));
    assert_eq!(serde_json::from_str::<Either>("\"t\"").unwrap(), Either::Text("t".into()));
    assert_eq!(serde_json::from_str::<Tagged>(json).unwrap(), Tagged::Small(small.clone()));
    let outer: Outer = serde_json::from_str(r#"{"id":1,"length":2,"y":3,"x":4}"#).unwrap();
    assert_eq!(outer, Outer { x: 4, small: small.clone(), rest: BTreeMap::from([("y".into(), 3)]) });
    let value = serde_json::json!({"id": 1, "size": 2, "tags": null});
    assert_eq!(Small::deserialize(&value).unwrap(), small);
    assert_eq!(serde_json::from_value::<Small>(value).unwrap(), small);
    assert_eq!(serde_json::from_reader::<_, Small>(&br#"{"id":1,"size":2}"#[..]).unwrap(), small);
    let escaped = "{\"\\u0069d\":1,\"s\\u0069ze\":2}";
    assert_eq!(serde_json::from_slice::<Small>(escaped.as_bytes()).unwrap(), small);
}

#[response]
#[derive(Debug, PartialEq)]
struct Beside {
    a: u8,
    #[serde(flatten)]
    rest: BTreeMap<String, u8>,
}

#[test]
fn flattened_names_may_come_in_any_form() {
    let beside = Beside { a: 1, rest: BTreeMap::from([("b".into(), 2)]) };
    for [a, b] in [
        [Token::Str("a"), Token::Str("b")],
        [Token::BorrowedStr("a"), Token::BorrowedStr("b")],
        [Token::String("a"), Token::String("b")],
        [Token::Bytes(b"a"), Token::BorrowedStr("b")],
        [Token::BorrowedBytes(b"a"), Token::Str("b")],
    ] {
        let given = [Token::Map { len: None }, b, Token::U8(2), a, Token::Some, Token::U8(1), Token::MapEnd];
        assert_de_tokens(&beside, &given);
    }
    let written = [
        Token::Map { len: None },
        Token::Str("a"),
        Token::U8(1),
        Token::Str("b"),
        Token::U8(2),
        Token::MapEnd,
    ];
    serde_test::assert_ser_tokens(&beside, &written);
}

#[response]
#[derive(Debug, PartialEq)]
struct Borrowed<'a, 'b> {
    text: &'a str,
    maybe: Option<&'a str>,
    bytes: &'b [u8],
    owned: Cow<'a, str>,
    #[serde(borrow)]
    lent: Cow<'b, str>,
    #[serde(borrow)]
    #[response(required)]
    lent_bytes: Cow<'b, [u8]>,
    #[serde(borrow = "'a")]
    list: Vec<&'a str>,
}

#[test]
fn borrowed_values_are_not_copied() {
    let json = String::from(
        r#"{"text":"t","maybe":"m","bytes":"b","owned":"o","lent":"l","lent_bytes":"lb","list":["x"]}"#,
    );
    let read: Borrowed<'_, '_> = serde_json::from_str(&json).unwrap();
    let inside = |text: &[u8]| json.as_bytes().as_ptr_range().contains(&text.as_ptr());
    assert!(inside(read.text.as_bytes()) && inside(read.bytes) && inside(read.list[0].as_bytes()));
    assert!(inside(read.maybe.unwrap().as_bytes()));
    assert!(matches!(&read.lent, Cow::Borrowed(text) if inside(text.as_bytes())));
    assert!(matches!(&read.lent_bytes, Cow::Borrowed(bytes) if inside(bytes)));
    assert!(matches!(read.owned, Cow::Owned(_)));
    let read: Borrowed<'_, '_> = serde_json::from_str(r#"{"lent":"a\n","lent_bytes":"b"}"#).unwrap();
    assert_eq!((read.lent.as_ref(), read.text, read.bytes.len()), ("a\n", "", 0));
    let nothing = serde_json::from_str::<Borrowed<'_, '_>>(r#"{"lent":null,"lent_bytes":null}"#);
    assert!(nothing.unwrap_err().to_string().starts_with("missing field `lent_bytes`"));
}

#[test]
fn whole_structs_survive_a_format_with_options() {
    #[response]
    #[derive(Debug, PartialEq)]
    struct Plain {
        #[response(required)]
        a: u8,
        b: Option<bool>,
    }
    let tokens = [
        Token::Struct { name: "Plain", len: 2 },
        Token::Str("a"),
        Token::U8(1),
        Token::Str("b"),
        Token::Some,
        Token::Bool(true),
        Token::StructEnd,
    ];
    assert_tokens(&Plain { a: 1, b: Some(true) }, &tokens);
}
