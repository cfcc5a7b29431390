//! How an answer's members are read, so that an API's drift is no error.

use std::fmt;
use std::marker::PhantomData;

use serde::de::value::StrDeserializer;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// What a member may be that an answer leaves out: `Default`, with words of our own where it is not.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no value to stand for a member that an answer leaves out",
    label = "`Default` is missing here",
    note = "make the field an `Option`, mark it `#[response(required)]`, or implement `Default` for `{Self}`"
)]
pub trait Missing: Sized {
    /// The value for what was left out.
    fn missing() -> Self;
}

#[diagnostic::do_not_recommend]
impl<T: Default> Missing for T {
    fn missing() -> Self {
        T::default()
    }
}

/// The value for what was left out.
pub fn missing<T: Missing>() -> T {
    T::missing()
}

/// Null is as good as absent, and absent is the default.
///
/// # Errors
///
/// The value is neither null nor a `T`.
pub fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Missing,
{
    Option::deserialize(deserializer).map(|value| value.unwrap_or_else(missing))
}

/// A list without its nulls; null is as good as an empty one.
///
/// # Errors
///
/// The value is neither null nor a list, or an element is neither null nor a `T`.
pub fn list<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let elements: Option<Vec<Option<T>>> = Option::deserialize(deserializer)?;
    Ok(elements.unwrap_or_default().into_iter().flatten().collect())
}

/// A text that `T` can read; `None` for null, an empty text, an unreadable one, and anything that is no text.
///
/// # Errors
///
/// The input is no JSON.
pub fn lenient<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    deserializer.deserialize_any(Lenient(PhantomData))
}

struct Lenient<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Lenient<T> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text or null")
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Option<T>, E> {
        if text.is_empty() {
            return Ok(None);
        }
        Ok(T::deserialize(StrDeserializer::<E>::new(text)).ok())
    }

    fn visit_unit<E>(self) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Option<T>, E> {
        Ok(None)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Option<T>, A::Error> {
        while seq.next_element::<IgnoredAny>()?.is_some() {}
        Ok(None)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Option<T>, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    fn time(json: &str) -> Option<Timestamp> {
        lenient(&mut serde_json::Deserializer::from_str(json)).unwrap()
    }

    #[test]
    fn a_time_is_read() {
        assert_eq!(time("\"2026-11-22T10:00:00Z\""), Some("2026-11-22T10:00:00Z".parse().unwrap()));
    }

    #[test]
    fn what_is_no_time_is_none() {
        for json in ["\"\"", "null", "\"yesterday\"", "7", "true", "-1.5", "[1,{}]", "{\"a\":[]}"] {
            assert_eq!(time(json), None, "{json}");
        }
    }

    #[test]
    fn broken_json_stays_an_error() {
        let read = lenient::<_, Timestamp>(&mut serde_json::Deserializer::from_str("[1,"));
        assert!(read.is_err());
    }

    #[test]
    fn null_is_the_default() {
        let list: Vec<u8> = or_default(&mut serde_json::Deserializer::from_str("null")).unwrap();
        assert_eq!(list, [0; 0]);
    }

    #[test]
    fn nulls_in_a_list_are_passed_over() {
        let read = |json| list::<_, u8>(&mut serde_json::Deserializer::from_str(json));
        assert_eq!(read("[null,1,null,2]").unwrap(), [1, 2]);
        assert_eq!(read("null").unwrap(), [0; 0]);
        assert!(read("[\"x\"]").is_err());
        assert!(read("{}").is_err());
    }
}
