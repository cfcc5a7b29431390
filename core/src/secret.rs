//! A string that is not shown by accident.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use zeroize::Zeroizing;

/// A token, a key, or another string that must not reach a log.
///
/// `Debug` hides the string, there is no `Display`, and its memory is overwritten when it is dropped. Code that needs
/// the string must call [`secret`](Self::secret), which is easy to find in a review.
///
/// It can be serialized, so that a response can be stored and read again. The stored data then contains the secret.
///
/// ```
/// let token = declapi::Secret::from("WJtR5BCy38Szd5AfoDpf0iqFKEt4EE5JhjlWUY7l3FtY");
/// assert_eq!(format!("{token:?}"), "Secret(<redacted>)");
/// assert!(token.secret().starts_with("WJtR"));
/// ```
#[derive(Clone, Default)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Returns the string. Do not write it to logs, errors or URLs.
    pub fn secret(&self) -> &str {
        &self.0
    }

    /// Returns whether the string is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// Returns the strings of a secret header that a server could repeat: the value, and the part after its scheme, for example
/// after `Bearer`.
pub(crate) fn in_header(value: &[u8]) -> impl Iterator<Item = Zeroizing<String>> + use<> {
    // Header values can contain UTF-8, although `HeaderValue::to_str` accepts only ASCII.
    let value = String::from_utf8_lossy(value);
    let after_scheme = value.split_once(' ').map(|(_, rest)| Zeroizing::new(rest.to_owned()));
    [Some(Zeroizing::new(value.into_owned())), after_scheme].into_iter().flatten()
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(<redacted>)")
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self(Zeroizing::new(text))
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::from(text.to_owned())
    }
}

impl PartialEq for Secret {
    /// Compares in constant time, so that the time does not depend on where the strings differ.
    fn eq(&self, other: &Self) -> bool {
        let (one, other) = (self.0.as_bytes(), other.0.as_bytes());
        one.len() == other.len()
            && one.iter().zip(other).fold(0, |seen, (one, other)| seen | (one ^ other)) == 0
    }
}

impl Eq for Secret {}

impl Serialize for Secret {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Secret {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer).map(Self::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_compared_by_its_content() {
        assert_eq!(Secret::from("abc"), Secret::from("abc"));
        assert_ne!(Secret::from("abc"), Secret::from("abz"));
        assert_ne!(Secret::from("abc"), Secret::from("ab"));
    }

    #[test]
    fn a_header_contains_a_value_and_perhaps_a_scheme() {
        let strings = |value: &[u8]| in_header(value).map(|text| text.to_string()).collect::<Vec<_>>();
        assert_eq!(strings("schl\u{fc}ssel".as_bytes()), ["schl\u{fc}ssel"]);
        assert_eq!(strings(b"Token a b"), ["Token a b", "a b"]);
    }

    #[test]
    fn survives_json() {
        let secret: Secret = serde_json::from_str("\"tok\"").unwrap();
        assert_eq!(serde_json::to_string(&secret).unwrap(), "\"tok\"");
    }
}
