//! Public keys, and what they have signed.

use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rustls::SignatureScheme;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::{SignatureVerificationAlgorithm, alg_id};

use super::JwtProblem;
use crate::Error;
use crate::sessions::Jwk;

/// The keys of a project. More than one may have the same id.
#[derive(Debug, Default)]
pub(super) struct Keys(Vec<Key>);

impl Keys {
    /// The keys that can sign session JWTs; what else a project publishes is not for us.
    pub(super) fn read(jwks: &[Jwk], algorithm: &'static dyn SignatureVerificationAlgorithm) -> Self {
        Self(jwks.iter().filter_map(|jwk| Key::read(jwk, algorithm)).collect())
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn has(&self, id: &str) -> bool {
        self.with_id(id).next().is_some()
    }

    /// Whether a key with this id has signed `message`.
    pub(super) fn verify(&self, id: &str, message: &[u8], signature: &[u8]) -> Result<(), JwtProblem> {
        let is_signed = self.with_id(id).any(|key| key.has_signed(message, signature));
        if is_signed { Ok(()) } else { Err(JwtProblem::Signature) }
    }

    fn with_id<'k>(&'k self, id: &str) -> impl Iterator<Item = &'k Key> {
        self.0.iter().filter(move |key| key.id == id)
    }
}

/// An RSA key of the project.
#[derive(Debug)]
struct Key {
    id: String,
    /// The key as PKCS #1 writes it, which is what the signature check takes.
    der: Vec<u8>,
    algorithm: &'static dyn SignatureVerificationAlgorithm,
}

impl Key {
    /// The key in a JWK, if it is one that can sign session JWTs.
    fn read(jwk: &Jwk, algorithm: &'static dyn SignatureVerificationAlgorithm) -> Option<Self> {
        let fits = |value: &str, wanted: &str| value.is_empty() || value == wanted;
        if jwk.kty != "RSA" || !fits(&jwk.alg, "RS256") || !fits(&jwk.usage, "sig") || jwk.kid.is_empty() {
            return None;
        }
        let modulus = URL_SAFE_NO_PAD.decode(&jwk.n).ok()?;
        let exponent = URL_SAFE_NO_PAD.decode(&jwk.e).ok()?;
        let body = [integer(&modulus)?, integer(&exponent)?].concat();
        Some(Self { id: jwk.kid.clone(), der: tagged(0x30, &body), algorithm })
    }

    fn has_signed(&self, message: &[u8], signature: &[u8]) -> bool {
        self.algorithm.verify_signature(&self.der, message, signature).is_ok()
    }
}

/// RS256, by the cryptography that TLS uses.
pub(super) fn rs256() -> Result<&'static dyn SignatureVerificationAlgorithm, Error> {
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

/// A positive number in DER; `None` where there is none.
fn integer(bytes: &[u8]) -> Option<Vec<u8>> {
    let first = bytes.iter().position(|byte| *byte != 0)?;
    let mut value = bytes[first..].to_vec();
    // A leading one bit would make the number negative.
    if value[0] & 0x80 != 0 {
        value.insert(0, 0);
    }
    Some(tagged(0x02, &value))
}

/// Tag, length and value of a DER element.
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

    #[test]
    #[cfg(any(feature = "ring", feature = "aws-lc"))]
    fn other_keys_are_passed_over() {
        let rs256 = rs256().unwrap();
        let jwk = Jwk {
            kid: "k".into(),
            kty: "RSA".into(),
            usage: "sig".into(),
            alg: "RS256".into(),
            n: "AQAB".into(),
            e: "AQAB".into(),
        };
        assert!(Key::read(&jwk, rs256).is_some());
        for odd in [
            Jwk { kty: "EC".into(), ..jwk.clone() },
            Jwk { kty: "oct".into(), ..jwk.clone() },
            Jwk { usage: "enc".into(), ..jwk.clone() },
            Jwk { alg: "HS256".into(), ..jwk.clone() },
            Jwk { kid: String::new(), ..jwk.clone() },
            Jwk { n: "*".into(), ..jwk.clone() },
            Jwk { e: String::new(), ..jwk.clone() },
        ] {
            assert!(Key::read(&odd, rs256).is_none(), "{odd:?}");
        }
    }
}
