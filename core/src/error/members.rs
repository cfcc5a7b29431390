//! The members of a refusal, whatever stands beside them.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::{Map, Value};

use crate::mend::mended;

/// The members that say what was refused.
const TELLING: [&str; 8] = [
    "status_code",
    "request_id",
    "error_type",
    "error_message",
    "error_url",
    "error",
    "error_description",
    "error_uri",
];

/// The members of the object that `body` is, the telling ones at least.
pub(super) fn read(body: &[u8]) -> Option<Map<String, Value>> {
    let text = String::from_utf8_lossy(body);
    read_text(&text).or_else(|| read_text(&mended(&text)?))
}

fn read_text(text: &str) -> Option<Map<String, Value>> {
    match serde_json::from_str(text) {
        Ok(Value::Object(members)) => Some(members),
        Ok(_) => None,
        // What cannot be kept, because it is nested too deep or too large a number, can still be passed over.
        Err(_) => serde_json::from_str(text).map(|Telling(members)| members).ok(),
    }
}

struct Telling(Map<String, Value>);

impl<'de> Deserialize<'de> for Telling {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(TellingVisitor)
    }
}

struct TellingVisitor;

impl<'de> Visitor<'de> for TellingVisitor {
    type Value = Telling;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Telling, A::Error> {
        let mut members = Map::new();
        while let Some(name) = map.next_key::<String>()? {
            if TELLING.contains(&name.as_str()) {
                members.insert(name, map.next_value()?);
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Telling(members))
    }
}
