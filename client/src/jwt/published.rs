//! Fetches the keys that a project publishes.

use rustls::pki_types::SignatureVerificationAlgorithm;

use crate::cache::fetching_client;
use crate::keys::{Key, Keys, KeysError, rs256};
use crate::project_state::{Api, ProjectClient};
use crate::sessions::{Jwk, Jwks};

/// Fetches the keys that can sign tokens.
pub(super) async fn fetch(client: ProjectClient) -> Result<Keys, KeysError> {
    // Without cryptography, the keys cannot be used.
    let algorithm = rs256().map_err(KeysError::NoCryptography)?;
    let (fetching, id) = (fetching_client(client.inner()), client.project_id());
    let sent = match client.api() {
        Api::Consumer => fetching.send(&Jwks::builder().project_id(id).build()),
        #[cfg(feature = "b2b")]
        Api::B2b => fetching.send(&crate::b2b::sessions::Jwks::builder().project_id(id).build()),
    };
    let response = sent.await.map_err(KeysError::Call)?;
    Ok(response.keys.iter().filter_map(|jwk| key(jwk, algorithm)).collect())
}

/// Returns the key of a JWK if it can sign tokens. Other published keys are ignored.
fn key(jwk: &Jwk, algorithm: &'static dyn SignatureVerificationAlgorithm) -> Option<Key> {
    let fits = |value: &str, wanted: &str| value.is_empty() || value == wanted;
    let signs = jwk.kty == "RSA" && fits(&jwk.alg, "RS256") && fits(&jwk.usage, "sig") && !jwk.kid.is_empty();
    if signs { Key::rsa(&jwk.kid, &jwk.n, &jwk.e, algorithm) } else { None }
}

#[cfg(all(test, any(feature = "ring", feature = "aws-lc")))]
mod tests {
    use super::*;

    #[test]
    fn other_keys_are_skipped() {
        let rs256 = rs256().unwrap();
        let jwk = Jwk {
            kid: "k".into(),
            kty: "RSA".into(),
            usage: "sig".into(),
            alg: "RS256".into(),
            n: "AQAB".into(),
            e: "AQAB".into(),
            ..Jwk::default()
        };
        assert!(key(&jwk, rs256).is_some());
        for odd in [
            Jwk { kty: "EC".into(), ..jwk.clone() },
            Jwk { kty: "oct".into(), ..jwk.clone() },
            Jwk { usage: "enc".into(), ..jwk.clone() },
            Jwk { alg: "HS256".into(), ..jwk.clone() },
            Jwk { kid: String::new(), ..jwk.clone() },
            Jwk { n: "*".into(), ..jwk.clone() },
            Jwk { e: String::new(), ..jwk.clone() },
        ] {
            assert!(key(&odd, rs256).is_none(), "{odd:?}");
        }
    }
}
