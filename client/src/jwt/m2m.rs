//! The access tokens of machines.

use declapi::Timestamp;

use super::{Claims, JwtError, JwtProblem, Token, TokenCheck, TokenKind};
use crate::JsonObject;
use crate::client::Client;

/// The access token of a machine, and the required scopes.
#[derive(Debug, Default)]
pub struct M2mAccessToken {
    required: Vec<String>,
}

/// A verified access token of a machine.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct VerifiedM2mToken {
    /// The id of the client.
    pub client_id: String,
    /// The scopes of the token.
    pub scopes: Vec<String>,
    /// The time when it was issued.
    pub issued_at: Option<Timestamp>,
    /// The time when it expires.
    pub expires_at: Option<Timestamp>,
    /// The claims that the project has added.
    pub custom_claims: JsonObject,
}

impl<C> TokenCheck<C, M2mAccessToken> {
    /// Requires that the token has all of these scopes. Otherwise it is rejected with [`JwtProblem::MissingScope`].
    ///
    /// `read:documents` is the action `read` on the resource `documents`. A scope without a colon is an action without
    /// a resource. The token must have the same action on the same resource or on `*`, which stands for all resources:
    /// a token with `read:*` may `read:documents`. The action `*` has no special meaning. A scope with two colons,
    /// which the SDKs interpret differently, is never matched.
    pub fn required_scopes(mut self, scopes: impl IntoIterator<Item = impl Into<String>>) -> Self {
        self.token.kind.required.extend(scopes.into_iter().map(Into::into));
        self
    }
}

impl TokenKind for M2mAccessToken {
    type Verified = VerifiedM2mToken;

    async fn verify(token: &Token<Self>, client: &Client) -> Result<VerifiedM2mToken, JwtError> {
        let verified = verified(token.claims(client, true).await?)?;
        if !token.kind.required.iter().all(|scope| has(&verified.scopes, scope)) {
            return Err(JwtProblem::MissingScope.into());
        }
        Ok(verified)
    }
}

fn verified(mut claims: Claims) -> Result<VerifiedM2mToken, JwtProblem> {
    let scope: String = claims.take("scope")?;
    Ok(VerifiedM2mToken {
        scopes: scope.split_whitespace().map(str::to_owned).collect(),
        issued_at: claims.issued_at(),
        expires_at: Timestamp::from_second(claims.expires_at).ok(),
        custom_claims: claims.custom(&[]),
        client_id: claims.subject,
    })
}

/// Returns whether one of the scopes is the required one, or the same action for all resources.
fn has(scopes: &[String], required: &str) -> bool {
    let Some((action, resource)) = parts(required) else { return false };
    scopes
        .iter()
        .filter_map(|scope| parts(scope))
        .any(|(granted, of)| granted == action && (of == resource || of == "*"))
}

/// Returns the action and the resource of a scope; `None` if it has more than one colon.
fn parts(scope: &str) -> Option<(&str, &str)> {
    let (action, resource) = scope.split_once(':').unwrap_or((scope, "-"));
    (!resource.contains(':')).then_some((action, resource))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::claims::tests::claims;
    use super::*;

    #[test]
    fn scopes_are_actions_on_resources() {
        let has = |granted: &str, required| {
            has(&granted.split(' ').map(str::to_owned).collect::<Vec<_>>(), required)
        };
        for (granted, required) in [
            ("read:documents", "read:documents"),
            ("write:users read:documents", "read:documents"),
            ("read:*", "read:documents"),
            ("read:*", "read"),
            ("read:-", "read"),
            ("read", "read"),
            ("read", "read:-"),
            ("*:documents", "*:documents"),
            ("read:*", "read:*"),
            ("read:", "read:"),
        ] {
            assert!(has(granted, required), "{granted} is {required}");
        }
        for (granted, required) in [
            ("", "read"),
            ("read", "read:documents"),
            ("read:documents", "read"),
            ("read:documents", "read:*"),
            ("read:documents", "write:documents"),
            ("read:documents", "read:document"),
            ("*:documents", "read:documents"),
            ("*:*", "read:documents"),
            ("*", "read"),
            ("READ:documents", "read:documents"),
            ("read:documents:old", "read:documents:old"),
            ("read:documents:old", "read:documents"),
            ("read:*", "read:documents:old"),
            ("read:documents", "read:documents:old"),
        ] {
            assert!(!has(granted, required), "{granted} is not {required}");
        }
    }

    #[test]
    fn the_token_is_read_from_the_claims() {
        let verified = verified(claims(|claims| {
            claims["scope"] = "read:documents  write".into();
            claims["https://stytch.com/later"] = json!({"a": 1});
        }))
        .unwrap();
        assert_eq!(
            (&*verified.client_id, verified.scopes.join(",").as_str()),
            ("user-test-1", "read:documents,write")
        );
        assert_eq!(verified.custom_claims, *json!({"plan": "pro"}).as_object().unwrap());
        assert_eq!(verified.issued_at.unwrap().as_second(), 1_800_000_000);
    }

    /// A session JWT has no scope.
    #[test]
    fn a_token_without_a_scope_is_rejected() {
        assert_eq!(verified(claims(|_| {})).unwrap_err(), JwtProblem::Malformed);
        for scope in [json!(null), json!(["read"]), json!(7)] {
            assert_eq!(
                verified(claims(|claims| claims["scope"] = scope)).unwrap_err(),
                JwtProblem::Malformed
            );
        }
        assert_eq!(verified(claims(|claims| claims["scope"] = "".into())).unwrap().scopes, [""; 0]);
    }
}
