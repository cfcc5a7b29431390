//! Stytch's B2B Sessions API.

use std::borrow::Cow;

use declapi::{endpoint, object, resource, response};

use super::models::{LoginResponse, Member, MemberSession, Organization, SessionResponse};
use super::{ActingToken, Client};
use crate::models::{EmptyResponse, MessageLocale, unless_empty};
use crate::sessions::{AuthorizationVerdict, JwksResponse};
use crate::{HttpStatus, JsonObject, Secret};

/// Sessions: which member is logged in, and until when.
///
/// From [`Client::sessions`].
#[resource(on = &Client)]
pub struct Sessions;

#[cfg(feature = "rustls")]
impl<'c, M> Sessions<&'c Client<M>> {
    /// Checks the JWT of a member's session, without a call if its key is known.
    ///
    /// [`TokenCheck`](crate::TokenCheck) lists the checks. In addition, the JWT must contain its organization. A JWT is
    /// not updated: it is accepted until it expires, five minutes after it was issued, even if its session has been
    /// revoked.
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

/// Checks that a session is active, and extends it on request.
///
/// One of `session_token` and `session_jwt` names the session. The error is `session_not_found` if it has ended or
/// never existed.
#[endpoint(post = "/v1/b2b/sessions/authenticate", response = AuthenticateResponse, on = Sessions<&Client>)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The token of the session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// Extends the session to this many minutes from now: 5 to 527040 (366 days). Default: no change.
    pub session_duration_minutes: Option<u32>,
    /// The JWT of the session, instead of its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
    /// The action that the member wants: the error is `session_authorization_error` if no role of the member allows it.
    pub authorization_check: Option<AuthorizationCheck<'a>>,
}

/// An action that a member wants in an organization. Its roles and those of the project decide.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthorizationCheck<'a> {
    /// The id of the organization: the error is `session_authorization_tenancy_error` if the session is of another one.
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
    /// Whether the member may take the action of the request, if there was one.
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

/// Ends a session, named by one of its id, its token and its JWT, or all sessions of a member.
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
    /// The id of the member whose sessions all end.
    pub member_id: Option<Cow<'a, str>>,
    /// The token of a session of the member who makes the request. Their roles must then allow it.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The JWT of that session, instead of its token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Exchanges a session for one of the same person in another organization.
///
/// One of `session_token` and `session_jwt` names the session. Factors that the other organization does not accept do
/// not count there.
#[endpoint(post = "/v1/b2b/sessions/exchange", response = LoginResponse, on = Sessions<&Client>)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Exchange<'a> {
    /// The id of the other organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The token of the session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of that session, instead of its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
    /// The language of an SMS that is sent because a second factor is required. Default: English.
    pub locale: Option<MessageLocale>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Exchanges the access token of a connected app for a session of its member.
///
/// The token needs the scope `full_access`. It is valid for one exchange within five minutes.
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
    /// Claims to add to the session's JWT: at most 4 KB. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Logs a member in with a token of an issuer that the project trusts.
#[endpoint(post = "/v1/b2b/sessions/attest", response = SessionResponse, on = Sessions<&Client>)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Attest<'a> {
    /// The id of the profile, from the dashboard, that says whom to trust.
    pub profile_id: Cow<'a, str>,
    /// The token.
    #[endpoint(secret)]
    pub token: Cow<'a, str>,
    /// The id of the organization, its slug, or your own id for it. Required if the token does not contain it.
    pub organization_id: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
    /// The token of a session to add this login to, instead of starting one.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of that session, instead of its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// Exchanges a session of another system for one of Stytch's.
///
/// Stytch requests the owner of the token from the OIDC endpoint in the project's settings. The member must already exist.
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
    /// Claims to add to the session's JWT: at most 4 KB. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
}

/// Returns the public keys that a project's tokens are signed with. They are public: no credentials are sent.
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
