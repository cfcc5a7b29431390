//! Stytch's B2B Sessions API.

use std::borrow::Cow;

use declapi::{endpoint, object, resource, response};

use super::models::{LoginResponse, Member, MemberSession, Organization, SessionResponse};
use super::{ActingToken, Client};
use crate::models::{EmptyResponse, MessageLocale, unless_empty};
use crate::sessions::{AuthorizationVerdict, JwksResponse};
use crate::{HttpStatus, JsonObject, Secret};

/// Sessions of members who have logged in.
///
/// From [`Client::sessions`].
#[resource(on = &Client)]
pub struct Sessions;

#[cfg(feature = "rustls")]
impl<'c, M> Sessions<&'c Client<M>> {
    /// Checks a session JWT of a member. It makes no API call if the key is known.
    ///
    /// See [`TokenCheck`](crate::TokenCheck) for the checks. In addition, the JWT must contain the organization of the
    /// member.
    ///
    /// A JWT contains the state at the time when it was issued. If the session is revoked, the JWT is accepted until it
    /// expires, five minutes after it was issued.
    ///
    /// ```no_run
    /// # async fn example(client: stytch_client::b2b::Client, cookie: &str) -> Result<(), stytch_client::JwtError> {
    /// let check = client.sessions().authenticate_jwt(cookie).authorization_check("organization-…", "documents", "read");
    /// println!("{}", check.send().await?.member_session.member_id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn authenticate_jwt(
        self,
        session_jwt: impl Into<Secret>,
    ) -> crate::b2b::AuthenticateMemberJwt<&'c Client<M>> {
        crate::b2b::AuthenticateMemberJwt::new(self.client, session_jwt.into())
    }
}

/// Checks that a session is active, and extends it if requested.
///
/// Set one of `session_token` and `session_jwt`. The error is `session_not_found` if the session has ended or never
/// existed.
#[endpoint(post = "/v1/b2b/sessions/authenticate", response = AuthenticateResponse, on = Sessions<&Client>)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The token of the session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// Extends the session to this many minutes from now: 5 to 527040 (366 days). Default: no change.
    pub session_duration_minutes: Option<u32>,
    /// The JWT of the session, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The action of the member. The error is `session_authorization_error` if no role of the member allows it.
    pub authorization_check: Option<AuthorizationCheck<'a>>,
}

/// An action of a member in an organization. A role of the project or of the organization must allow it.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthorizationCheck<'a> {
    /// The id of the organization. The error is `session_authorization_tenancy_error` if the session belongs to another
    /// organization.
    pub organization_id: Cow<'a, str>,
    /// The id of the resource.
    pub resource_id: Cow<'a, str>,
    /// The action on the resource.
    pub action: Cow<'a, str>,
}

/// The response to [`Authenticate`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AuthenticateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The session.
    #[response(required)]
    pub member_session: MemberSession,
    /// The opaque token of the session.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// A new JWT of the session, which is valid for five minutes.
    #[serde(deserialize_with = "unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The member.
    pub member: Option<Member>,
    /// The organization.
    pub organization: Option<Organization>,
    /// Whether the member is allowed to take the action, if it was requested.
    pub verdict: Option<AuthorizationVerdict>,
}

/// Lists the active sessions of a member.
#[endpoint(get = "/v1/b2b/sessions", response = GetResponse, on = Sessions<&Client>, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Get<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
}

/// The response to [`Get`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GetResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The sessions.
    pub member_sessions: Vec<MemberSession>,
}

/// Ends a session or all sessions of a member. Set one of `member_session_id`, `session_token`, `session_jwt` and
/// `member_id`.
///
/// A JWT that was issued before stays valid for local checks until it expires.
#[endpoint(post = "/v1/b2b/sessions/revoke", response = EmptyResponse, on = Sessions, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Revoke<'a> {
    /// The id of the session.
    pub member_session_id: Option<Cow<'a, str>>,
    /// The token of the session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of the session.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The id of the member. All sessions of the member end.
    pub member_id: Option<Cow<'a, str>>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Exchanges a session for a session of the same person in another organization.
///
/// Set one of `session_token` and `session_jwt`. Factors that the other organization does not accept are not counted.
#[endpoint(post = "/v1/b2b/sessions/exchange", response = LoginResponse, on = Sessions<&Client>)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Exchange<'a> {
    /// The id of the other organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The token of the session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of the session, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The language of an SMS that is sent because a second factor is required. Default: English.
    pub locale: Option<MessageLocale>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Exchanges the access token of a connected app for a session of its member.
///
/// The token must have the scope `full_access`, and can be exchanged once, within five minutes.
#[endpoint(
    post = "/v1/b2b/sessions/exchange_access_token",
    response = SessionResponse,
    on = Sessions<&Client>
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct ExchangeAccessToken<'a> {
    /// The access token.
    #[endpoint(secret)]
    pub access_token: Cow<'a, str>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Logs a member in with a token of an issuer that the project trusts.
#[endpoint(post = "/v1/b2b/sessions/attest", response = SessionResponse, on = Sessions<&Client>)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Attest<'a> {
    /// The id of the profile from the dashboard that defines the trusted issuer.
    pub profile_id: Cow<'a, str>,
    /// The token.
    #[endpoint(secret)]
    pub token: Cow<'a, str>,
    /// The id of the organization, its slug, or your own id for it. Required if the token does not contain it.
    pub organization_id: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The token of the session to which this login is added. Default: a new session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of the session to which this login is added, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Exchanges a session of another system for a session of Stytch.
///
/// Stytch calls the OIDC endpoint in the project's settings to find the member of the token. The member must already
/// exist.
#[endpoint(post = "/v1/b2b/sessions/migrate", response = SessionResponse, on = Sessions<&Client>)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Migrate<'a> {
    /// The token of the other system's session.
    #[endpoint(secret)]
    pub session_token: Cow<'a, str>,
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
}

/// Returns the public keys with which a project's tokens are signed. No credentials are sent, because the keys are
/// public.
#[endpoint(
    get = "/v1/b2b/sessions/jwks/{project_id}",
    response = JwksResponse,
    on = Sessions<&Client>,
    auth = none,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Jwks<'a> {
    /// The id of the project.
    pub project_id: Cow<'a, str>,
}
