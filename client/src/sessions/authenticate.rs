//! `POST /v1/sessions/authenticate`

use std::borrow::Cow;

use super::Sessions;
use crate::passwords::{Session, User};
use crate::{JsonObject, Secret, status};
use declapi::{endpoint, response};

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
    #[serde(deserialize_with = "crate::passwords::unless_empty")]
    pub session_token: Option<Secret>,
    /// A new JWT of the session, which lives five minutes.
    #[serde(deserialize_with = "crate::passwords::unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The user of the session.
    pub user: Option<User>,
}
