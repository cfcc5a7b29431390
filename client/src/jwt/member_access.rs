//! The access tokens that members have granted to connected apps.

use super::idp::{VerifiedIdpToken, verified};
use super::member_session::wanted;
use super::{JwtError, JwtProblem, Token, TokenCheck, TokenKind};
use crate::b2b::rbac::Policy;
use crate::b2b::sessions::AuthorizationCheck;
use crate::project_state::ProjectClient;

/// The access token of a connected app for a member, and the action that it must allow.
#[derive(Debug, Default)]
pub struct MemberAccessToken {
    wanted: Option<AuthorizationCheck<'static>>,
}

impl<C> TokenCheck<C, MemberAccessToken> {
    /// Accepts only a token of this organization whose scopes allow an action, according to the policy of the project.
    ///
    /// A token of another organization is rejected with [`JwtProblem::Tenancy`], and no policy is fetched. A token
    /// whose scopes do not allow the action is rejected with [`JwtProblem::Unauthorized`]. The policy of the
    /// organization is not used, because only the project has scopes. The policy of the project is fetched when it is
    /// first needed, and again when it is five minutes old.
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

impl TokenKind for MemberAccessToken {
    type Verified = VerifiedIdpToken;

    async fn verify(token: &Token<Self>, client: &ProjectClient) -> Result<VerifiedIdpToken, JwtError> {
        let verified = verified(token.claims(client, true).await?)?;
        let organization = verified.organization.as_ref().ok_or(JwtProblem::Malformed)?;
        if let Some(wanted) = &token.kind.wanted {
            if organization.organization_id != wanted.organization_id {
                return Err(JwtProblem::Tenancy.into());
            }
            let policy = client.policy().current(client.inner(), Policy).await?;
            if !policy.scopes_allow(verified.scopes(), &wanted.resource_id, &wanted.action) {
                return Err(JwtProblem::Unauthorized.into());
            }
        }
        Ok(verified)
    }
}
