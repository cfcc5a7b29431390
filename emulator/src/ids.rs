//! Ids and tokens in Stytch's format.

use std::{
    fmt,
    sync::{Mutex, PoisonError},
};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use rand::{Rng, SeedableRng, rngs::StdRng};

/// Makes ids, tokens and salts. With the same seed, they are the same in the same order.
pub(crate) struct Ids {
    environment: &'static str,
    source: Mutex<StdRng>,
}

impl Ids {
    /// Ids contain the environment of the project: `live` if the project id begins with `project-live-`, otherwise
    /// `test`.
    pub(crate) fn new(project_id: &str, seed: Option<u64>) -> Self {
        let environment = if project_id.starts_with("project-live-") { "live" } else { "test" };
        Self { environment, source: Mutex::new(seed.map_or_else(rand::make_rng, StdRng::seed_from_u64)) }
    }

    /// Continues with the random numbers of another source.
    pub(crate) fn continue_from(&self, other: Self) {
        let source = other.source.into_inner().unwrap_or_else(PoisonError::into_inner);
        *self.source.lock().unwrap_or_else(PoisonError::into_inner) = source;
    }

    /// Returns an id such as `user-test-16d9ba61-97a1-4ba4-9720-b03761dc50c6`.
    pub(crate) fn id(&self, kind: &str) -> String {
        // The version and variant bits of a random UUID.
        let bits =
            u128::from_be_bytes(self.bytes()) & !(0xf << 76) & !(0x3 << 62) | (0x4 << 76) | (0x2 << 62);
        let hex = format!("{bits:032x}");
        let uuid = [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-");
        format!("{kind}-{}-{uuid}", self.environment)
    }

    /// Returns an opaque token of 256 random bits.
    pub(crate) fn token(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.bytes::<32>())
    }

    /// Returns six digits.
    pub(crate) fn passcode(&self) -> String {
        let number = u64::from_be_bytes(self.bytes()) % 1_000_000;
        format!("{number:06}")
    }

    /// Returns sixteen letters and digits.
    pub(crate) fn nonce(&self) -> String {
        format!("{:016x}", u64::from_be_bytes(self.bytes()))
    }

    /// Returns a recovery code such as `ckss-2skx-ebow`.
    pub(crate) fn recovery_code(&self) -> String {
        const CHARACTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        let bytes = self.bytes::<12>();
        let characters = bytes.map(|byte| char::from(CHARACTERS[usize::from(byte) % CHARACTERS.len()]));
        characters.chunks(4).map(String::from_iter).collect::<Vec<_>>().join("-")
    }

    pub(crate) fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.source.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
        bytes
    }
}

impl fmt::Debug for Ids {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ids").field("environment", &self.environment).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_gives_the_same_ids() {
        let ids = Ids::new("project-test-1", Some(7));
        let first = (ids.id("user"), ids.token());
        assert_ne!(first, (ids.id("user"), ids.token()));
        ids.continue_from(Ids::new("project-test-1", Some(7)));
        assert_eq!(first, (ids.id("user"), ids.token()));
    }

    #[test]
    fn ids_contain_the_environment() {
        assert!(Ids::new("project-live-1", None).id("user").starts_with("user-live-"));
        assert!(Ids::new("project-livestock-1", None).id("user").starts_with("user-test-"));
    }
}
