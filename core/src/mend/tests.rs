use serde::Deserialize;
use serde_json::Value;

use super::*;

/// Returns whether `serde_json` can represent any number, because another crate enables `arbitrary_precision`.
fn keeps_numbers() -> bool {
    from_str::<Number>("1e400").is_ok()
}

fn nested(depth: usize) -> String {
    format!("{}{}", "[".repeat(depth), "]".repeat(depth))
}

#[test]
fn halves_of_surrogate_pairs_are_replaced() {
    for (odd, right) in [
        (r#""\ud83d""#, r#""\ufffd""#),
        (r#""\ude00""#, r#""\ufffd""#),
        (r#""\ud83d\ud83d\ude00x""#, r#""\ufffd\ud83d\ude00x""#),
        (r#""\ud83d\n\ude00""#, r#""\ufffd\n\ufffd""#),
        (r#""é\\\uD83D""#, r#""é\\\ufffd""#),
        (r#"{"\udc00":"\"\ud800"}"#, r#"{"\ufffd":"\"\ufffd"}"#),
    ] {
        assert_eq!(mended(odd).as_deref(), Some(right), "{odd}");
    }
}

#[test]
fn a_byte_order_mark_is_removed() {
    assert_eq!(mended("\u{FEFF}{}").as_deref(), Some("{}"));
    assert_eq!(read::<Value>("\u{FEFF}[7]").unwrap(), from_str::<Value>("[7]").unwrap());
}

#[test]
fn numbers_that_would_be_lost_become_strings() {
    let huge = "9".repeat(400);
    for number in ["18446744073709551616", "-9223372036854775809", "1e400", "-1.5E+999", &huge] {
        for (before, after) in
            [("", ""), ("[", "]"), ("[1, ", " ,2]"), ("{\"a\":", "}"), ("{\"7\":[\n", "\n]}")]
        {
            let (json, right) = (format!("{before}{number}{after}"), format!("{before}\"{number}\"{after}"));
            assert_eq!(mended(&json), (!keeps_numbers()).then_some(right), "{json:.99}");
        }
    }
    for number in [
        "18446744073709551615",
        "-9223372036854775808",
        "1e308",
        "0.1000000000000000055511151231257827",
        "-0",
        "1e-400",
        // These are not valid numbers, so they stay errors.
        "01234567890123456789012",
        "1e",
        "1e999e",
        "--1e999",
        "1.2.3456789012345678901234",
        ".e999",
    ] {
        assert_eq!(mended(&format!("[{number}]")), None, "{number}");
    }
}

/// A long integer is detected at any position. A string of digits is not detected.
#[test]
fn a_long_integer_is_found() {
    for offset in 0..=2 * LONG {
        let spaces = " ".repeat(offset);
        let finds = |text: &str| has_long_integer(format!("{spaces}{text}").as_bytes());
        assert!(finds("18446744073709551616"), "{offset}");
        assert!(finds("-9223372036854775809,"), "{offset}");
        assert!(finds(&"7".repeat(99)), "{offset}");
        assert!(finds("\"18446744073709551616\",-9223372036854775809"), "{offset}");
        assert!(!finds("9223372036854775809"), "{offset}");
        assert!(!finds("-922337203685477580"), "{offset}");
        assert!(!finds("\"18446744073709551616\""), "{offset}");
        assert!(!finds("[1844674407370955161,1844674407370955161,1844674407370955161]"), "{offset}");
    }
}

#[test]
fn deeply_nested_values_become_strings() {
    assert_eq!(mended(&nested(DEPTH)), None);
    let right = format!("{}\"[]\"{}", "[".repeat(DEPTH), "]".repeat(DEPTH));
    assert_eq!(mended(&nested(DEPTH + 1)), Some(right.clone()));
    // The text after the object does not move, and a deep object with unusual characters is kept unchanged.
    let (open, close) = ("[".repeat(DEPTH), "]".repeat(DEPTH));
    let deep = r#"{ "\ud83d": ["é]", 1e400] }"#;
    let json = format!("{open}{deep} , 7{close}");
    let kept: Value = from_str(&mended(&json).unwrap()).unwrap();
    let inner = (0..DEPTH - 1).fold(&kept, |value, _| &value[0]);
    assert_eq!((&inner[0], &inner[1]), (&Value::from(deep), &Value::from(7)));
    assert_eq!(right.parse::<Value>().unwrap(), read::<Value>(&nested(DEPTH + 1)).unwrap());
}

/// Brackets are cheap to send. Reading, comparing, printing and dropping deep values must not overflow the stack.
#[test]
fn any_depth_is_read() {
    for depth in [DEPTH + 1, 1_000, 1_000_000] {
        let read: Value = read(&nested(depth)).unwrap();
        assert_eq!(read, read.clone());
        let text = format!("{read:?}{read}");
        assert_eq!(text.matches('[').count(), 2 * depth);
    }
    for broken in ["[".repeat(1_000_000), format!("{}x", "[".repeat(200)), nested(200).replace("[]", "[1,]")]
    {
        assert_eq!(mended(&broken), None, "{broken:.9}");
        assert!(read::<Value>(&broken).is_err(), "{broken:.9}");
    }
}

/// Nesting is counted, not brackets: many lists next to each other are not deeper than one.
#[test]
fn wide_is_not_deep() {
    let wide = format!("[{}{{}}]", "[{},[]],".repeat(1_000));
    assert_eq!(mended(&wide), None);
    let text = format!("[\"{}\"]", "[".repeat(1_000));
    assert_eq!(mended(&text), None);
}

#[test]
fn valid_and_broken_json_is_not_changed() {
    for text in [
        "",
        "{}",
        r#""\ud83d\ude00 \\ud83d \u00e9""#,
        "\"\\",
        "\"\\u",
        "\"\\ud8",
        "\"\\é",
        "\\u+fff",
        "]]]]",
        "{{{",
        "\"",
        "-",
        "7",
    ] {
        assert_eq!(mended(text), None, "{text}");
    }
}

#[derive(Debug, Deserialize, PartialEq)]
struct Typed {
    exact: Option<u128>,
    near: Option<f64>,
    #[serde(default)]
    metadata: Value,
}

/// If the type of the field can hold the number, the field gets the number.
#[test]
fn a_type_that_can_hold_the_number_gets_it() {
    let typed: Typed = read(r#"{"exact":18446744073709551616,"near":18446744073709551616}"#).unwrap();
    assert_eq!((typed.exact, typed.near), (Some(1 << 64), Some(18_446_744_073_709_551_616.0)));
    let typed: Typed = read(r#"{"near":0.5,"metadata":{"big":18446744073709551616}}"#).unwrap();
    let text = typed.metadata["big"].to_string();
    assert_eq!(text.trim_matches('"'), "18446744073709551616");
}

/// The error belongs to the original JSON, because its position is used to find the path.
#[test]
fn errors_refer_to_the_original() {
    let json = r#"{"metadata":[18446744073709551616,"\ud83d"], "near":"x"}"#;
    let error = read::<Typed>(json).unwrap_err();
    assert_eq!(error.to_string(), from_str::<Typed>(json).unwrap_err().to_string());
}
