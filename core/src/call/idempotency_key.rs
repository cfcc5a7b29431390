//! Generates idempotency keys.

use std::hash::{BuildHasher, RandomState};

use http::HeaderValue;
use jiff::Timestamp;

use crate::Error;

/// Returns a key in the form of a random UUID (version 4).
///
/// The randomness comes from the hash keys of the standard library, which are random once per thread. The process id
/// and the time are mixed in, because a process and its fork have the same hash keys.
///
/// # Errors
///
/// The platform has no source of randomness, so that two calls could get the same key.
pub(super) fn generate(now: Timestamp) -> Result<HeaderValue, Error> {
    if cfg!(all(target_family = "wasm", target_os = "unknown")) {
        return Err(Error::config(
            "no idempotency key can be generated, because this platform has no randomness: set one with \
             `CallOptions::idempotency_key`",
        ));
    }
    let random = RandomState::new();
    let half = |number: u8| random.hash_one((std::process::id(), now.as_nanosecond(), number));
    let text = uuid(half(0), half(1));
    HeaderValue::try_from(text).map_err(|_| Error::config("an idempotency key is not a header value"))
}

/// Returns a UUID of version 4 from 128 random bits. Six of them are overwritten with the version and the variant.
fn uuid(high: u64, low: u64) -> String {
    let high = high & 0xffff_ffff_ffff_0fff | 0x4000;
    let low = low & 0x3fff_ffff_ffff_ffff | 0x8000_0000_0000_0000;
    format!(
        "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
        high >> 32,
        high >> 16 & 0xffff,
        high & 0xffff,
        low >> 48,
        low & 0xffff_ffff_ffff
    )
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn uuid_bits_follow_the_rfc() {
        assert_eq!(uuid(0, 0), "00000000-0000-4000-8000-000000000000");
        assert_eq!(uuid(u64::MAX, u64::MAX), "ffffffff-ffff-4fff-bfff-ffffffffffff");
        assert_eq!(
            uuid(0x0123_4567_89ab_cdef, 0x0123_4567_89ab_cdef),
            "01234567-89ab-4def-8123-456789abcdef"
        );
    }

    #[test]
    fn no_key_comes_twice() {
        let now = Timestamp::UNIX_EPOCH;
        let keys: HashSet<_> = (0..1000).map(|_| generate(now).unwrap()).collect();
        let of_another_thread = std::thread::spawn(move || generate(now).unwrap()).join().unwrap();
        assert_eq!(keys.len(), 1000);
        assert!(!keys.contains(&of_another_thread));
    }
}
