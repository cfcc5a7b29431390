//! Public keys and their signatures.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls::SignatureScheme;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{SignatureVerificationAlgorithm, alg_id};

use crate::Error;

/// The keys of a project. Several keys may have the same id.
#[derive(Debug, Default)]
pub(crate) struct Keys(Vec<Key>);

impl Keys {
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(crate) fn has(&self, id: &str) -> bool {
        self.with_id(id).next().is_some()
    }

    /// Returns whether a key with this id has signed `message`.
    pub(crate) fn have_signed(&self, id: &str, message: &[u8], signature: &[u8]) -> bool {
        self.with_id(id).any(|key| key.has_signed(message, signature))
    }

    fn with_id<'k>(&'k self, id: &str) -> impl Iterator<Item = &'k Key> {
        self.0.iter().filter(move |key| key.id == id)
    }
}

impl FromIterator<Key> for Keys {
    fn from_iter<I: IntoIterator<Item = Key>>(keys: I) -> Self {
        Self(keys.into_iter().collect())
    }
}

/// An RSA key of the project.
#[derive(Debug)]
pub(crate) struct Key {
    id: String,
    /// The key in the form of PKCS #1, which the signature check requires.
    der: Vec<u8>,
    algorithm: &'static dyn SignatureVerificationAlgorithm,
}

impl Key {
    /// Returns the key for the modulus and the exponent of a JWK; `None` if they are not valid numbers.
    pub(crate) fn rsa(
        id: &str,
        modulus: &str,
        exponent: &str,
        algorithm: &'static dyn SignatureVerificationAlgorithm,
    ) -> Option<Self> {
        let modulus = URL_SAFE_NO_PAD.decode(modulus).ok()?;
        let exponent = URL_SAFE_NO_PAD.decode(exponent).ok()?;
        let body = [integer(&modulus)?, integer(&exponent)?].concat();
        Some(Self { id: id.to_owned(), der: tagged(0x30, &body), algorithm })
    }

    fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        self.algorithm.verify_signature(&self.der, message, signature).is_ok()
    }
}

/// Returns RS256 of the cryptography provider for TLS.
pub(crate) fn rs256() -> Result<&'static dyn SignatureVerificationAlgorithm, Error> {
    let provider: Arc<CryptoProvider> = declapi::crypto_provider().ok_or_else(|| {
        Error::config(
            "session JWTs cannot be verified without cryptography: enable the feature `ring` or `aws-lc`",
        )
    })?;
    let schemes = provider.signature_verification_algorithms.mapping.iter();
    let rsa_sha256 = schemes.filter(|(scheme, _)| *scheme == SignatureScheme::RSA_PKCS1_SHA256);
    let found = rsa_sha256
        .flat_map(|(_, algorithms)| algorithms.iter())
        .find(|algorithm| algorithm.public_key_alg_id() == alg_id::RSA_ENCRYPTION);
    found.copied().ok_or_else(|| Error::config("the installed cryptography cannot verify RS256 signatures"))
}

/// Returns a positive number in DER; `None` if it is empty.
fn integer(bytes: &[u8]) -> Option<Vec<u8>> {
    let first = bytes.iter().position(|byte| *byte != 0)?;
    let mut value = bytes[first..].to_vec();
    // If the first bit were 1, the number would be negative.
    if value[0] & 0x80 != 0 {
        value.insert(0, 0);
    }
    Some(tagged(0x02, &value))
}

/// Returns a DER element: tag, length and value.
fn tagged(tag: u8, value: &[u8]) -> Vec<u8> {
    let mut element = vec![tag];
    let length: Vec<u8> = value.len().to_be_bytes().into_iter().skip_while(|byte| *byte == 0).collect();
    if value.len() > 0x7f {
        // A `usize` has at most eight bytes.
        element.push(0x80 | u8::try_from(length.len()).unwrap_or_default());
    }
    element.extend(if length.is_empty() { vec![0] } else { length });
    element.extend_from_slice(value);
    element
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_der() {
        assert_eq!(integer(&[1, 0, 1]).unwrap(), [2, 3, 1, 0, 1]);
        assert_eq!(integer(&[0, 0, 0x80]).unwrap(), [2, 2, 0, 0x80]);
        assert_eq!(integer(&[0]), None);
        assert_eq!(integer(&[]), None);
    }

    #[test]
    fn lengths_are_der() {
        assert_eq!(tagged(0x30, &[7; 127])[..2], [0x30, 127]);
        assert_eq!(tagged(0x30, &[7; 128])[..3], [0x30, 0x81, 128]);
        assert_eq!(tagged(0x30, &[7; 256])[..4], [0x30, 0x82, 1, 0]);
    }
}
