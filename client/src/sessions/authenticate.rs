//! `POST /v1/sessions/authenticate`

use std::borrow::Cow;

use super::Sessions;
use crate::passwords::{Session, User};
use crate::{JsonObject, Secret, status};
use declapi::{endpoint, object, response};

/// Checks that a session is active, and extends it if asked to.
///
/// One of `session_token` and `session_jwt` names the session. The error is `session_not_found` if it has
/// ended or never existed.
#[endpoint(post = "/v1/sessions/authenticate", response = AuthenticateResponse, on = Sessions)]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The token of the session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of the session, instead of its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Extends the session to live this long from now: 5 to 527040 minutes (366 days). As it was when unset.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
    /// What the user wants to do: the error is `session_authorization_error` if no role of the user allows it.
    pub authorization_check: Option<AuthorizationCheck<'a>>,
}

/// What a user wants to do, for the roles of the project to allow.
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
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The session.
    #[response(required)]
    pub session: Session,
    /// The opaque token of the session.
    #[response(lenient)]
    pub session_token: Option<Secret>,
    /// A new JWT of the session, which lives five minutes.
    #[response(lenient)]
    pub session_jwt: Option<Secret>,
    /// The user of the session.
    pub user: Option<User>,
    /// Whether the user may do what was asked, if it was.
    pub verdict: Option<AuthorizationVerdict>,
}

/// Whether a user may do what was asked.
#[response]
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct AuthorizationVerdict {
    /// Whether the user may do it.
    pub authorized: bool,
    /// The roles of the user that allow it.
    pub granting_roles: Vec<String>,
}
