//! The access tokens of connected apps.

use declapi::Timestamp;

use super::{Claims, JwtError, JwtProblem, Token, TokenCheck, TokenKind};
use crate::JsonObject;
use crate::models::TokenOrganization;
use crate::project_state::ProjectClient;
use crate::rbac::Policy;
use crate::sessions::AuthorizationCheck;

/// Claims that Stytch defines. They are not custom claims of the project.
const RESERVED: [&str; 6] = ["active", "client_id", "request_id", "scope", "status_code", "token_type"];

/// The name of the claim with the organization of a token.
pub(super) const ORGANIZATION: &str = "https://stytch.com/organization";

/// The access token of a connected app, and the required permission.
#[derive(Debug, Default)]
pub struct IdpAccessToken {
    wanted: Option<AuthorizationCheck<'static>>,
}

/// A verified access token of a connected app.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct VerifiedIdpToken {
    /// The id of the user.
    pub subject: String,
    /// The scopes that the user has granted, separated by spaces.
    pub scope: String,
    /// The audience of the token: the project, and the audience of the app.
    pub audience: Vec<String>,
    /// The issuer.
    pub issuer: String,
    /// The time when it was issued.
    pub issued_at: Option<Timestamp>,
    /// The start of its validity.
    pub not_before: Option<Timestamp>,
    /// The time when it expires.
    pub expires_at: Option<Timestamp>,
    /// The organization of the member, for a token of the B2B API.
    pub organization: Option<TokenOrganization>,
    /// The claims that the project has added.
    pub custom_claims: JsonObject,
}

impl VerifiedIdpToken {
    /// Returns the scopes that the user has granted.
    pub fn scopes(&self) -> impl Iterator<Item = &str> {
        self.scope.split_whitespace()
    }
}

impl<C> TokenCheck<C, IdpAccessToken> {
    /// Requires that a scope of the token allows an action on a resource, according to the policy of the project.
    /// Otherwise it is rejected with [`JwtProblem::Unauthorized`].
    ///
    /// The policy is fetched when it is first needed, and again when it is five minutes old.
    pub fn authorization_check(mut self, resource_id: impl Into<String>, action: impl Into<String>) -> Self {
        let check =
            AuthorizationCheck { resource_id: resource_id.into().into(), action: action.into().into() };
        self.token.kind.wanted = Some(check);
        self
    }
}

impl TokenKind for IdpAccessToken {
    type Verified = VerifiedIdpToken;

    async fn verify(token: &Token<Self>, client: &ProjectClient) -> Result<VerifiedIdpToken, JwtError> {
        let verified = verified(token.claims(client, true).await?)?;
        if let Some(wanted) = &token.kind.wanted {
            let policy = client.policy().current(client.inner(), Policy).await?;
            if !policy.scopes_allow(verified.scopes(), &wanted.resource_id, &wanted.action) {
                return Err(JwtProblem::Unauthorized.into());
            }
        }
        Ok(verified)
    }
}

pub(super) fn verified(mut claims: Claims) -> Result<VerifiedIdpToken, JwtProblem> {
    Ok(VerifiedIdpToken {
        scope: claims.take("scope")?,
        organization: claims.take(ORGANIZATION)?,
        issued_at: claims.issued_at(),
        not_before: Timestamp::from_second(claims.not_before).ok(),
        expires_at: Timestamp::from_second(claims.expires_at).ok(),
        custom_claims: claims.custom(&RESERVED),
        subject: claims.subject,
        audience: claims.audience,
        issuer: claims.issuer,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::claims::tests::claims;
    use super::*;

    #[test]
    fn the_token_is_read_from_the_claims() {
        let verified = verified(claims(|claims| {
            for reserved in RESERVED {
                claims[reserved] = "x".into();
            }
            claims["scope"] = "openid read:documents".into();
        }))
        .unwrap();
        assert_eq!((&*verified.subject, &*verified.issuer), ("user-test-1", "stytch.com/project-test-1"));
        assert_eq!(verified.scopes().collect::<Vec<_>>(), ["openid", "read:documents"]);
        assert_eq!(verified.audience, ["project-test-1"]);
        assert_eq!(verified.custom_claims, *json!({"plan": "pro"}).as_object().unwrap());
        let times = [verified.issued_at, verified.not_before, verified.expires_at];
        let seconds = times.map(|time| time.unwrap().as_second());
        assert_eq!(seconds, [1_800_000_000, 1_800_000_000, 1_800_000_300]);
    }

    #[test]
    fn a_token_without_a_scope_is_rejected() {
        assert_eq!(verified(claims(|_| {})).unwrap_err(), JwtProblem::Malformed);
    }
}
