//! Session JWTs and access tokens: RS256, with Stytch's claims.

use std::fmt;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use ring::{
    rand::SystemRandom,
    rsa::{KeyPair, PublicKeyComponents},
    signature::{RSA_PKCS1_2048_8192_SHA256, RSA_PKCS1_SHA256},
};
use serde_json::{Map, Value, json};

use crate::{
    clock::{Moment, rfc3339},
    error::StartError,
    organization::Organization,
    session::Session,
};

/// The validity of a session JWT. It does not depend on the lifetime of the session.
const LIFETIME_SECONDS: i64 = 300;
/// The validity of an access token.
pub(crate) const ACCESS_TOKEN_SECONDS: i64 = 3600;
/// The key id in the key set.
const KEY_ID: &str = "jwk-emulator-development-only";
const SESSION_CLAIM: &str = "https://stytch.com/session";
const ORGANIZATION_CLAIM: &str = "https://stytch.com/organization";
/// The claims that custom claims cannot replace.
pub(crate) const RESERVED_CLAIMS: [&str; 7] = ["iss", "sub", "aud", "exp", "nbf", "iat", "jti"];

/// Signs and verifies JWTs.
pub(crate) struct Signer {
    key: KeyPair,
    issuer: String,
    audience: String,
}

/// The claims of a JWT that the emulator needs.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Claims {
    pub(crate) session_id: String,
}

impl Signer {
    /// # Errors
    ///
    /// The key in this crate cannot be read. The tests exclude this.
    pub(crate) fn new(project_id: &str) -> Result<Self, StartError> {
        let unreadable = |reason: String| StartError::setting("signing key", reason);
        let der = decode_pem(include_str!("development-key.pem"))
            .ok_or_else(|| unreadable("it is not in PEM format".into()))?;
        let key = KeyPair::from_pkcs8(&der).map_err(|rejected| unreadable(rejected.to_string()))?;
        Ok(Self { key, issuer: format!("stytch.com/{project_id}"), audience: project_id.to_owned() })
    }

    /// Returns the JWT of a session, which may be in an organization. `None` if the system has no random numbers for
    /// the signature.
    pub(crate) fn sign_session(
        &self,
        session: &Session,
        organization: Option<&Organization>,
        now: Moment,
    ) -> Option<String> {
        let mut claims: Map<String, Value> = session.custom_claims.clone();
        claims.extend(self.standard_claims(&session.user_id, now, LIFETIME_SECONDS));
        let session = json!({
            "id": session.session_id,
            "started_at": rfc3339(session.started_at),
            "last_accessed_at": rfc3339(session.last_accessed_at),
            "expires_at": rfc3339(session.expires_at),
            "attributes": session.attributes,
            "authentication_factors": session.factors_json(),
            "roles": session.roles,
        });
        claims.insert(SESSION_CLAIM.to_owned(), session);
        if let Some(Organization { organization_id, organization_slug, .. }) = organization {
            let claim = json!({ "organization_id": organization_id, "slug": organization_slug });
            claims.insert(ORGANIZATION_CLAIM.to_owned(), claim);
        }
        self.sign(&Value::Object(claims))
    }

    /// Returns the access token of a client. `None` if the system has no random numbers for the signature.
    pub(crate) fn sign_access_token(
        &self,
        client_id: &str,
        scopes: &[String],
        now: Moment,
    ) -> Option<String> {
        let mut claims: Map<String, Value> =
            self.standard_claims(client_id, now, ACCESS_TOKEN_SECONDS).into_iter().collect();
        claims.insert("scope".to_owned(), scopes.join(" ").into());
        self.sign(&Value::Object(claims))
    }

    fn standard_claims(&self, subject: &str, now: Moment, seconds: i64) -> [(String, Value); 6] {
        let now = now.unix_timestamp();
        [
            ("iss", self.issuer.as_str().into()),
            ("aud", vec![self.audience.as_str()].into()),
            ("sub", subject.into()),
            ("iat", now.into()),
            ("nbf", now.into()),
            ("exp", (now + seconds).into()),
        ]
        .map(|(name, value): (&str, Value)| (name.to_owned(), value))
    }

    fn sign(&self, claims: &Value) -> Option<String> {
        let header = json!({ "alg": "RS256", "kid": KEY_ID, "typ": "JWT" });
        let signed = format!("{}.{}", encode(&header), encode(claims));
        let mut signature = vec![0; self.key.public().modulus_len()];
        self.key.sign(&RSA_PKCS1_SHA256, &SystemRandom::new(), signed.as_bytes(), &mut signature).ok()?;
        Some(format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature)))
    }

    /// Returns the claims of a JWT that was signed for this project, even if it has expired. Stytch exchanges an
    /// expired JWT for a new one while the session is active.
    pub(crate) fn read(&self, jwt: &str) -> Option<Claims> {
        let (signed, signature) = jwt.rsplit_once('.')?;
        let (header, payload) = signed.split_once('.')?;
        let header: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
        if header["alg"] != "RS256" {
            return None;
        }
        let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
        self.public_components().verify(&RSA_PKCS1_2048_8192_SHA256, signed.as_bytes(), &signature).ok()?;
        let claims: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).ok()?).ok()?;
        if claims["iss"] != self.issuer.as_str() {
            return None;
        }
        Some(Claims { session_id: claims[SESSION_CLAIM]["id"].as_str()?.to_owned() })
    }

    /// Returns the key that verifies the JWTs, as a JSON Web Key.
    pub(crate) fn jwk(&self) -> Value {
        let PublicKeyComponents { n, e } = self.public_components();
        json!({
            "kty": "RSA",
            "use": "sig",
            "key_ops": ["verify"],
            "alg": "RS256",
            "kid": KEY_ID,
            "n": URL_SAFE_NO_PAD.encode(n),
            "e": URL_SAFE_NO_PAD.encode(e),
            "x5c": [],
            "x5tS256": "",
        })
    }

    fn public_components(&self) -> PublicKeyComponents<Vec<u8>> {
        PublicKeyComponents::from(self.key.public())
    }
}

fn encode(part: &Value) -> String {
    URL_SAFE_NO_PAD.encode(part.to_string())
}

fn decode_pem(pem: &str) -> Option<Vec<u8>> {
    let (_, rest) = pem.split_once("-----BEGIN PRIVATE KEY-----")?;
    let (body, _) = rest.split_once("-----END PRIVATE KEY-----")?;
    STANDARD.decode(body.split_whitespace().collect::<String>()).ok()
}

impl fmt::Debug for Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Signer").field("issuer", &self.issuer).finish_non_exhaustive()
    }
}
