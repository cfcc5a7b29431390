//! Reads JWTs, and verifies them as a client does.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Method;
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, RsaPublicKeyComponents};
use serde_json::{Value, json};

use crate::support::{Peer, reply, text};

fn part(jwt: &str, index: usize) -> Vec<u8> {
    let part = jwt.split('.').nth(index).expect("three parts");
    URL_SAFE_NO_PAD.decode(part).expect("base64url")
}

pub(crate) fn claims(jwt: &str) -> Value {
    serde_json::from_slice(&part(jwt, 1)).expect("JSON claims")
}

/// Checks the signature with the published key, and returns the claims.
pub(crate) async fn verified(peer: &Peer, jwt: &Value) -> Value {
    let jwt = text(jwt);
    let path = format!("/v1/sessions/jwks/{}", peer.emulator.project_id());
    // Libraries fetch the keys without credentials.
    let jwks = reply(peer.anonymous(Method::GET, &path)).await.ok();
    let key = &jwks["keys"][0];
    let header: Value = serde_json::from_slice(&part(&jwt, 0)).expect("a JSON header");
    assert_eq!(header, json!({ "alg": "RS256", "kid": key["kid"], "typ": "JWT" }));
    let decode = |name: &str| URL_SAFE_NO_PAD.decode(text(&key[name])).expect("base64url");
    let public = RsaPublicKeyComponents { n: decode("n"), e: decode("e") };
    let (signed, _) = jwt.rsplit_once('.').expect("a signature");
    public.verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &part(&jwt, 2)).expect("a good signature");
    public.verify(&RSA_PKCS1_2048_8192_SHA256, b"something else", &part(&jwt, 2)).expect_err("a bad one");
    claims(&jwt)
}
