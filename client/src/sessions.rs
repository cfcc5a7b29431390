//! Stytch's Sessions API.

use std::borrow::Cow;

use declapi::{endpoint, object, resource, response};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::models::{EmptyResponse, LoginResponse, Session, User, unless_empty};
use crate::{Client, HttpStatus, JsonObject, Secret};

/// Sessions of users who have logged in.
///
/// From [`Client::sessions`].
#[resource(on = &Client)]
pub struct Sessions;

#[cfg(feature = "rustls")]
impl<C> Sessions<C> {
    /// Checks a session JWT. It makes no API call if the key is known.
    ///
    /// See [`TokenCheck`](crate::TokenCheck) for the checks.
    ///
    /// A JWT contains the state at the time when it was issued. If the session is revoked, the JWT is accepted until it
    /// expires, five minutes after it was issued.
    ///
    /// ```no_run
    /// # async fn example(client: stytch_client::Client, cookie: &str) -> Result<(), stytch_client::JwtError> {
    /// use std::time::Duration;
    ///
    /// let verified = client.sessions().authenticate_jwt(cookie).max_age(Duration::from_secs(60)).send().await?;
    /// println!("{}", verified.session.user_id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn authenticate_jwt(self, session_jwt: impl Into<Secret>) -> crate::AuthenticateJwt<C> {
        crate::AuthenticateJwt::new(self.client, session_jwt.into())
    }
}

/// Checks that a session is active, and extends it if requested.
///
/// Set one of `session_token` and `session_jwt`. The error is `session_not_found` if the session has ended or never
/// existed.
#[endpoint(post = "/v1/sessions/authenticate", response = AuthenticateResponse, on = Sessions)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The token of the session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of the session, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Extends the session to this many minutes from now: 5 to 527040 (366 days). Default: no change.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The action of the user. The error is `session_authorization_error` if no role of the user allows it.
    pub authorization_check: Option<AuthorizationCheck<'a>>,
}

/// An action of a user that a role of the project must allow.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthorizationCheck<'a> {
    /// The id of the resource.
    pub resource_id: Cow<'a, str>,
    /// The action on the resource.
    pub action: Cow<'a, str>,
}

/// The response to [`Authenticate`].
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct AuthenticateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The session.
    #[response(required)]
    pub session: Session,
    /// The opaque token of the session.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// A new JWT of the session, which is valid for five minutes.
    #[serde(deserialize_with = "unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The user of the session.
    pub user: Option<User>,
    /// Whether the user is allowed to take the action, if it was requested.
    pub verdict: Option<AuthorizationVerdict>,
}

/// Whether a user is allowed to take the requested action.
#[response]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthorizationVerdict {
    /// Whether the user is allowed to take the action.
    pub authorized: bool,
    /// The roles of the user that allow it.
    pub granting_roles: Vec<String>,
}

/// Lists the active sessions of a user.
#[endpoint(get = "/v1/sessions", response = GetResponse, on = Sessions, idempotent)]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Get<'a> {
    /// The id of the user.
    pub user_id: Cow<'a, str>,
}

/// The response to [`Get`].
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct GetResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The sessions.
    pub sessions: Vec<Session>,
}

/// Ends a session. Set one of its id, its token and its JWT.
///
/// A JWT that was issued before stays valid for local checks until it expires.
#[endpoint(post = "/v1/sessions/revoke", response = EmptyResponse, on = Sessions, idempotent)]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Revoke<'a> {
    /// The id of the session.
    pub session_id: Option<Cow<'a, str>>,
    /// The token of the session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of the session.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
}

/// Exchanges a session of another system for a session of Stytch.
///
/// Stytch calls the OIDC endpoint in the project's settings to find the user of the token. The user must already exist.
#[endpoint(post = "/v1/sessions/migrate", response = LoginResponse, on = Sessions)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Migrate<'a> {
    /// The token of the other system's session.
    #[endpoint(secret)]
    pub session_token: Cow<'a, str>,
    /// Starts a session with this lifetime in minutes: 5 to 527040 (366 days). Default: no session.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB, and only with a session. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Exchanges the access token of a connected app for a session of its user.
///
/// The token must have the scope `full_access`, and can be exchanged once, within five minutes.
#[endpoint(post = "/v1/sessions/exchange_access_token", response = LoginResponse, on = Sessions)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ExchangeAccessToken<'a> {
    /// The access token.
    #[endpoint(secret)]
    pub access_token: Cow<'a, str>,
    /// Starts a session with this lifetime in minutes: 5 to 527040 (366 days). Default: no session.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB, and only with a session. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Logs a user in with a token of an issuer that the project trusts.
#[endpoint(post = "/v1/sessions/attest", response = LoginResponse, on = Sessions)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Attest<'a> {
    /// The id of the profile from the dashboard that defines the trusted issuer.
    pub profile_id: Cow<'a, str>,
    /// The token.
    #[endpoint(secret)]
    pub token: Cow<'a, str>,
    /// Starts a session, or extends the given one. The lifetime in minutes: 5 to 527040 (366 days).
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB, and only with a session. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The token of a session to extend instead of starting a new one.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of the session to extend, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Returns the public keys with which a project's tokens are signed. No credentials are sent, because the keys are
/// public.
#[endpoint(get = "/v1/sessions/jwks/{project_id}", response = JwksResponse, on = Sessions, auth = none, idempotent)]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Jwks<'a> {
    /// The id of the project.
    pub project_id: Cow<'a, str>,
}

/// The response to [`Jwks`].
#[response]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct JwksResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The keys. Invalid entries are left out.
    #[response(required)]
    #[serde(deserialize_with = "readable")]
    pub keys: Vec<Jwk>,
}

/// Skips entries that cannot be read, so that the other keys can be used.
fn readable<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Jwk>, D::Error> {
    let entries = Vec::<Value>::deserialize(deserializer)?;
    Ok(entries.into_iter().filter_map(|entry| Jwk::deserialize(entry).ok()).collect())
}

/// A public key in the form of RFC 7517.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Jwk {
    /// The id of the key, which is also in the header of a JWT.
    pub kid: String,
    /// The type of the key: `RSA`.
    pub kty: String,
    /// The use of the key: `sig`.
    #[serde(rename = "use")]
    pub usage: String,
    /// The operations of the key: `verify`.
    pub key_ops: Option<Vec<String>>,
    /// The algorithm: `RS256`.
    pub alg: String,
    /// The certificates of the key.
    pub x5c: Option<Vec<String>>,
    /// The SHA-256 of the certificate, in base64url.
    #[serde(rename = "x5tS256")]
    pub x5t_s256: Option<String>,
    /// The modulus, in base64url.
    pub n: String,
    /// The exponent, in base64url.
    pub e: String,
}
