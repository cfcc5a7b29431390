//! The JWTs of members' sessions.

use declapi::Timestamp;

use super::idp::ORGANIZATION;
use super::session::{CLAIM, SessionClaim, local_or_api};
use super::{Claims, JwtError, JwtProblem, Token, TokenCheck, TokenKind};
use crate::Secret;
use crate::b2b::models::MemberSession;
use crate::b2b::rbac::{GetOrgPolicy, Policy};
use crate::b2b::sessions::{Authenticate, AuthorizationCheck};
use crate::models::TokenOrganization;
use crate::project_state::ProjectClient;

/// The check of a member's session JWT, from
/// [`Sessions::authenticate_jwt`](crate::b2b::sessions::Sessions::authenticate_jwt).
pub type AuthenticateMemberJwt<C> = TokenCheck<C, MemberSessionJwt>;

/// The JWT of a member's session, and the options of its check.
#[derive(Debug, Default)]
pub struct MemberSessionJwt {
    fall_back: bool,
    wanted: Option<AuthorizationCheck<'static>>,
}

/// A session of a member that was verified.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct VerifiedMemberSession {
    /// The session, as the JWT or the API describes it.
    pub member_session: MemberSession,
    /// The time when the JWT was issued; `None` if the API checked the session.
    pub issued_at: Option<Timestamp>,
    /// A new JWT for the member, if the API checked the session.
    pub session_jwt: Option<Secret>,
}

impl<C> TokenCheck<C, MemberSessionJwt> {
    /// Lets the API check the session if the JWT has expired or is too old, or if its key is not available.
    ///
    /// The result then contains a new JWT. A JWT with any other problem is rejected without a call. The check waits for
    /// an unknown key for at most half of the timeout, and at most 2 s, so that enough time is left for the API.
    pub fn fall_back_to_api(mut self) -> Self {
        self.token.kind.fall_back = true;
        self
    }

    /// Accepts only a session in this organization with a role that allows an action. The roles are those in the JWT.
    ///
    /// A session in another organization is rejected with [`JwtProblem::Tenancy`], and no policy is fetched. A session
    /// whose roles do not allow the action is rejected with [`JwtProblem::Unauthorized`]. In both cases, the API is not
    /// called; if it is called for another reason, it makes the same check.
    ///
    /// The permissions of a role come from the policy of the project and from the policy of the organization. Each is
    /// fetched when it is first needed, and again when it is five minutes old. The policies of other organizations are
    /// not used.
    pub fn authorization_check(
        mut self,
        organization_id: impl Into<String>,
        resource_id: impl Into<String>,
        action: impl Into<String>,
    ) -> Self {
        self.token.kind.wanted = Some(wanted(organization_id, resource_id, action));
        self
    }
}

pub(super) fn wanted(
    organization_id: impl Into<String>,
    resource_id: impl Into<String>,
    action: impl Into<String>,
) -> AuthorizationCheck<'static> {
    AuthorizationCheck {
        organization_id: organization_id.into().into(),
        resource_id: resource_id.into().into(),
        action: action.into().into(),
    }
}

impl TokenKind for MemberSessionJwt {
    type Verified = VerifiedMemberSession;

    async fn verify(token: &Token<Self>, client: &ProjectClient) -> Result<VerifiedMemberSession, JwtError> {
        let local = local(token, client);
        local_or_api(local, client, token.kind.fall_back, |client| call_api(token, client)).await
    }
}

async fn local(
    token: &Token<MemberSessionJwt>,
    client: &ProjectClient,
) -> Result<VerifiedMemberSession, JwtError> {
    let claims = token.claims(client, !token.kind.fall_back).await?;
    let issued_at = claims.issued_at();
    let member_session = member_session(claims)?;
    if let Some(wanted) = &token.kind.wanted {
        check(&member_session, wanted, client).await?;
    }
    Ok(VerifiedMemberSession { member_session, issued_at, session_jwt: None })
}

/// Checks the organization, then the policy of the project, and then the policy of the organization.
async fn check(
    session: &MemberSession,
    wanted: &AuthorizationCheck<'_>,
    client: &ProjectClient,
) -> Result<(), JwtError> {
    if session.organization_id != wanted.organization_id {
        return Err(JwtProblem::Tenancy.into());
    }
    let roles = || session.roles.iter().map(String::as_str);
    let policy = client.policy().current(client.inner(), Policy).await?;
    if policy.roles_allow(roles(), &wanted.resource_id, &wanted.action) {
        return Ok(());
    }
    let request = GetOrgPolicy::builder().organization_id(&session.organization_id).build();
    let own = client.organization_policies().of(client.inner(), &session.organization_id);
    let own = own.fresh_or(client.inner(), request, |response| Ok(response.org_policy)).await?;
    if own.roles_allow(roles(), &wanted.resource_id, &wanted.action) {
        return Ok(());
    }
    Err(JwtProblem::Unauthorized.into())
}

async fn call_api(
    token: &Token<MemberSessionJwt>,
    client: ProjectClient,
) -> Result<VerifiedMemberSession, JwtError> {
    let request = Authenticate::builder()
        .session_jwt(token.text.secret())
        .maybe_authorization_check(token.kind.wanted.clone())
        .build();
    let response = client.send(&request).await.map_err(JwtError::Api)?;
    if response.verdict.is_some_and(|verdict| !verdict.authorized) {
        return Err(JwtProblem::Unauthorized.into());
    }
    let member_session = response.member_session;
    if token
        .kind
        .wanted
        .as_ref()
        .is_some_and(|wanted| wanted.organization_id != member_session.organization_id)
    {
        return Err(JwtProblem::Tenancy.into());
    }
    Ok(VerifiedMemberSession { member_session, issued_at: None, session_jwt: response.session_jwt })
}

fn member_session(mut claims: Claims) -> Result<MemberSession, JwtProblem> {
    let claim: SessionClaim = claims.take(CLAIM)?;
    let organization: TokenOrganization = claims.take(ORGANIZATION)?;
    let custom_claims = claims.custom(&[]);
    Ok(MemberSession {
        member_session_id: claim.id,
        // A session may end later than its JWT.
        expires_at: claim.expires_at.or_else(|| Timestamp::from_second(claims.expires_at).ok()),
        member_id: claims.subject,
        organization_id: organization.organization_id,
        organization_slug: organization.organization_slug,
        authentication_factors: claim.authentication_factors,
        roles: claim.roles,
        started_at: claim.started_at,
        last_accessed_at: claim.last_accessed_at,
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
        let read = member_session(claims(|claims| {
            claims[CLAIM] = json!({"id": "member-session-test-1", "roles": ["editor"]});
            claims[ORGANIZATION] = json!({"organization_id": "organization-test-1", "slug": "acme"});
        }))
        .unwrap();
        assert_eq!((&*read.member_session_id, &*read.member_id), ("member-session-test-1", "user-test-1"));
        assert_eq!((&*read.organization_id, &*read.organization_slug), ("organization-test-1", "acme"));
        assert_eq!(read.roles, ["editor"]);
        assert_eq!(read.custom_claims.unwrap(), *json!({"plan": "pro"}).as_object().unwrap());
        assert_eq!(read.expires_at.unwrap().as_second(), 1_800_000_300, "the expiry of the JWT");
    }

    #[test]
    fn a_token_without_a_session_or_an_organization_is_malformed() {
        let (session, organization) = (json!({"id": "s"}), json!({"organization_id": "o", "slug": "acme"}));
        for (session, organization) in [
            (json!(null), organization.clone()),
            (json!({}), organization),
            (session.clone(), json!(null)),
            (session.clone(), json!({"slug": "acme"})),
            (session, json!("o")),
        ] {
            let rejected = member_session(claims(|claims| {
                claims[CLAIM] = session.clone();
                claims[ORGANIZATION] = organization.clone();
            }));
            assert_eq!(rejected.unwrap_err(), JwtProblem::Malformed, "{session} {organization}");
        }
    }
}
