//! The JWTs of sessions.

use std::future::Future;

use declapi::{Timestamp, response};

use super::{Claims, JwtError, JwtProblem, Token, TokenCheck, TokenKind};
use crate::models::{AuthenticationFactor, Session, SessionAttributes, without_nulls};
use crate::project_state::ProjectClient;
use crate::rbac::Policy;
use crate::sessions::{Authenticate, AuthorizationCheck};
use crate::{JsonObject, Secret};

/// The name of the claim with the session.
pub(super) const CLAIM: &str = "https://stytch.com/session";

/// The check of a session JWT, from [`Sessions::authenticate_jwt`](crate::sessions::Sessions::authenticate_jwt).
pub type AuthenticateJwt<C> = TokenCheck<C, SessionJwt>;

/// The JWT of a session, and the parameters of its check.
#[derive(Debug, Default)]
pub struct SessionJwt {
    fall_back: bool,
    wanted: Option<AuthorizationCheck<'static>>,
}

/// A verified session.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct VerifiedSession {
    /// The session, from the JWT or from the API.
    pub session: Session,
    /// The time when the JWT was issued; `None` if the API checked the session.
    pub issued_at: Option<Timestamp>,
    /// A new JWT for the user, if the API checked the session.
    pub session_jwt: Option<Secret>,
}

impl<C> TokenCheck<C, SessionJwt> {
    /// Lets the API check the session if the JWT has expired, is too old, or its key cannot be fetched.
    ///
    /// The result then contains a new JWT. A JWT that is invalid in another way is rejected without a call. The check
    /// waits for an unknown key for at most 2 s and at most half of the timeout, so that the API has time to respond.
    pub fn fall_back_to_api(mut self) -> Self {
        self.token.kind.fall_back = true;
        self
    }

    /// Requires that a role in the JWT allows an action, according to the policy of the project.
    ///
    /// The policy is fetched when it is first needed, and again when it is five minutes old. A user whose roles do not
    /// allow the action is rejected with [`JwtProblem::Unauthorized`], without a call of the API. If the API is called
    /// for another reason, it makes the same check.
    pub fn authorization_check(mut self, resource_id: impl Into<String>, action: impl Into<String>) -> Self {
        let check =
            AuthorizationCheck { resource_id: resource_id.into().into(), action: action.into().into() };
        self.token.kind.wanted = Some(check);
        self
    }
}

impl TokenKind for SessionJwt {
    type Verified = VerifiedSession;

    async fn verify(token: &Token<Self>, client: &ProjectClient) -> Result<VerifiedSession, JwtError> {
        let local = local(token, client);
        local_or_api(local, client, token.kind.fall_back, |client| call_api(token, client)).await
    }
}

async fn local(token: &Token<SessionJwt>, client: &ProjectClient) -> Result<VerifiedSession, JwtError> {
    let claims = token.claims(client, !token.kind.fall_back).await?;
    let issued_at = claims.issued_at();
    let session = session(claims)?;
    if let Some(wanted) = &token.kind.wanted {
        let policy = client.policy().current(client.inner(), Policy).await?;
        let roles = session.roles.iter().map(String::as_str);
        if !policy.roles_allow(roles, &wanted.resource_id, &wanted.action) {
            return Err(JwtProblem::Unauthorized.into());
        }
    }
    Ok(VerifiedSession { session, issued_at, session_jwt: None })
}

/// Checks a token locally. If it is rejected and the API may accept it, the fallback calls the API.
pub(super) async fn local_or_api<T, F: Future<Output = Result<T, JwtError>>>(
    local: impl Future<Output = Result<T, JwtError>>,
    client: &ProjectClient,
    fall_back: bool,
    call_api: impl FnOnce(ProjectClient) -> F,
) -> Result<T, JwtError> {
    let started = client.inner().timer().now();
    match local.await {
        Err(error) if fall_back && error.problem().is_none_or(JwtProblem::is_for_the_api) => {
            // The keys, the policies and the call of the API share the timeout.
            let spent = client.inner().timer().now() - started;
            call_api(client.with_time_left(spent)).await
        }
        outcome => outcome,
    }
}

async fn call_api(token: &Token<SessionJwt>, client: ProjectClient) -> Result<VerifiedSession, JwtError> {
    let request = Authenticate::builder()
        .session_jwt(token.text.secret())
        .maybe_authorization_check(token.kind.wanted.clone())
        .build();
    let response = client.send(&request).await.map_err(JwtError::Api)?;
    if response.verdict.is_some_and(|verdict| !verdict.authorized) {
        return Err(JwtProblem::Unauthorized.into());
    }
    Ok(VerifiedSession { session: response.session, issued_at: None, session_jwt: response.session_jwt })
}

/// The session in the claims of a JWT.
#[response]
pub(super) struct SessionClaim {
    #[response(required)]
    pub(super) id: String,
    #[response(lenient)]
    pub(super) started_at: Option<Timestamp>,
    #[response(lenient)]
    pub(super) last_accessed_at: Option<Timestamp>,
    #[response(lenient)]
    pub(super) expires_at: Option<Timestamp>,
    attributes: Option<SessionAttributes>,
    #[serde(default, deserialize_with = "without_nulls")]
    pub(super) authentication_factors: Vec<AuthenticationFactor>,
    pub(super) roles: Vec<String>,
}

fn session(mut claims: Claims) -> Result<Session, JwtProblem> {
    let claim: SessionClaim = claims.take(CLAIM)?;
    let custom_claims: JsonObject = claims.custom(&[]);
    Ok(Session {
        session_id: claim.id,
        // A session can end later than its JWT.
        expires_at: claim.expires_at.or_else(|| Timestamp::from_second(claims.expires_at).ok()),
        user_id: claims.subject,
        authentication_factors: claim.authentication_factors,
        roles: claim.roles,
        started_at: claim.started_at,
        last_accessed_at: claim.last_accessed_at,
        attributes: claim.attributes,
        custom_claims: (!custom_claims.is_empty()).then_some(custom_claims),
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::claims::tests::claims;
    use super::*;

    #[test]
    fn a_session_is_read_from_the_claims() {
        let read = session(claims(|claims| {
            claims[CLAIM] = json!({"id": "session-test-1", "roles": null, "started_at": ""});
            claims["https://stytch.com/later"] = json!({"a": 1});
        }))
        .unwrap();
        assert_eq!((&*read.session_id, &*read.user_id), ("session-test-1", "user-test-1"));
        assert_eq!(read.custom_claims.unwrap(), *json!({"plan": "pro"}).as_object().unwrap());
        assert_eq!(read.expires_at.unwrap().as_second(), 1_800_000_300, "the expiry of the JWT");

        let ends = json!({"id": "session-test-1", "expires_at": "2030-01-01T00:00:00Z"});
        let read = session(claims(|claims| claims[CLAIM] = ends)).unwrap();
        assert_eq!(read.expires_at.unwrap().to_string(), "2030-01-01T00:00:00Z");
    }

    #[test]
    fn a_token_without_a_session_is_malformed() {
        for claim in [json!(null), json!({}), json!("session-test-1"), json!({"id": 7})] {
            let rejected = session(claims(|claims| claims[CLAIM] = claim.clone())).unwrap_err();
            assert_eq!(rejected, JwtProblem::Malformed, "{claim}");
        }
        assert_eq!(session(claims(|_| {})).unwrap_err(), JwtProblem::Malformed);
    }
}
