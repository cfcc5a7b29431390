//! Digests that only show whether data has changed.
//!
//! The lines of an input contain weak old hashes. An attacker could use a plain digest of a line to try passwords.
//! These digests are keyed with the API secret, which is not in the journal. They are useless without it.

use std::fmt;

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::input::Record;

/// Half of an HMAC-SHA-256.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fingerprint([u8; 16]);

/// Makes fingerprints for one journal.
#[derive(Clone)]
pub(crate) struct Key([u8; 32]);

/// The fingerprint of data that grows.
#[derive(Clone)]
pub(crate) struct Running(Hmac<Sha256>);

impl Key {
    /// The key of a journal, from the API secret and the journal's salt.
    pub(crate) fn new(secret: &str, salt: &[u8]) -> Self {
        let mut mac = keyed(secret.as_bytes());
        mac.update(b"stytch-migrate journal\0");
        mac.update(salt);
        Self(mac.finalize().into_bytes().into())
    }

    /// Begins a fingerprint. The purpose is a part of it, so that fingerprints with different purposes differ.
    pub(crate) fn begin(&self, purpose: &str) -> Running {
        let mut mac = keyed(&self.0);
        mac.update(purpose.as_bytes());
        mac.update(b"\0");
        Running(mac)
    }
}

fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("HMAC takes keys of any length")
}

impl Running {
    pub(crate) fn bytes(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// Adds a string with its length, so that two strings in a row differ from one longer string.
    pub(crate) fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.bytes(text.as_bytes());
    }

    pub(crate) fn number(&mut self, number: u64) {
        self.bytes(&number.to_le_bytes());
    }

    /// Adds a record. For a record that is too long, adds its beginning and its length.
    pub(crate) fn record(&mut self, record: &Record) {
        self.number(record.length);
        self.bytes(&record.bytes);
    }

    /// Returns the fingerprint of all data so far.
    pub(crate) fn so_far(&self) -> Fingerprint {
        let full = self.0.clone().finalize().into_bytes();
        let mut half = [0; 16];
        half.copy_from_slice(&full[..16]);
        Fingerprint(half)
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:032x}", u128::from_be_bytes(self.0))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::str::FromStr for Fingerprint {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let right = text.len() == 32 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
        let number = u128::from_str_radix(text, 16).map_err(|_| ())?;
        if right { Ok(Self(number.to_be_bytes())) } else { Err(()) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn differ_by_content_purpose_salt_and_secret() {
        let of = |secret: &str, salt: &[u8], purpose: &str, texts: &[&str]| {
            let mut running = Key::new(secret, salt).begin(purpose);
            for text in texts {
                running.text(text);
            }
            running.so_far()
        };
        let one = of("s", b"salt", "input", &["ab", "c"]);
        assert_eq!(one, of("s", b"salt", "input", &["ab", "c"]));
        for other in [
            of("s", b"salt", "input", &["a", "bc"]),
            of("s", b"salt", "other", &["ab", "c"]),
            of("s", b"other", "input", &["ab", "c"]),
            of("t", b"salt", "input", &["ab", "c"]),
        ] {
            assert_ne!(one, other);
        }
        assert_eq!(one.to_string().parse(), Ok(one));
        assert_eq!("+123".parse::<Fingerprint>(), Err(()));
    }
}
