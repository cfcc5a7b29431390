//! Tokens that are checked without a call: session JWTs, and the access tokens of machines and of connected apps.
//!
//! The signature is checked by the TLS library, so that no second cryptography comes into the tree.

mod claims;
mod compact;
mod error;
mod idp;
mod m2m;
#[cfg(feature = "b2b")]
mod member_access;
#[cfg(feature = "b2b")]
mod member_session;
mod published;
mod session;

use std::time::Duration;

use self::claims::{Claims, Expected};
use self::compact::Compact;
pub use self::error::{JwtError, JwtProblem};
pub use self::idp::{IdpAccessToken, VerifiedIdpToken};
pub use self::m2m::{M2mAccessToken, VerifiedM2mToken};
#[cfg(feature = "b2b")]
pub use self::member_access::MemberAccessToken;
#[cfg(feature = "b2b")]
pub use self::member_session::{AuthenticateMemberJwt, MemberSessionJwt, VerifiedMemberSession};
pub use self::session::{AuthenticateJwt, SessionJwt, VerifiedSession};
use crate::Secret;
use crate::client::is_own_address;
use crate::keys::Wanted;
use crate::project_state::{InProject, ProjectClient};

/// How far the clocks of Stytch and of this machine may differ.
const LEEWAY: Duration = Duration::from_secs(10);

/// A token whose check is being set up, such as a [`SessionJwt`], an [`M2mAccessToken`] or an [`IdpAccessToken`].
///
/// Checked are the signature (RS256 and nothing else), the type (`JWT`), the issuer, the audience, the times, and the age
/// if [`max_age`](Self::max_age) is set. A token that lacks one of these is rejected: where Stytch's SDKs disagree, this
/// crate does what the strictest of them does. Only the clocks have ten seconds of leeway, where some have none.
///
/// The project's keys are fetched when they are first needed, at most once a minute for keys that are unknown, and once an
/// hour in any case; all clones of a client share them. A call that is given up does not end a fetch that it began. Known
/// keys stay good while they cannot be fetched again. A token whose key is not known is then not rejected: the error of
/// the fetch is returned.
#[derive(Debug)]
#[must_use = "nothing is verified until `.send()`"]
pub struct TokenCheck<C, K> {
    client: C,
    token: Token<K>,
}

/// What is checked, and how.
#[derive(Debug)]
pub struct Token<K> {
    text: Secret,
    issuer: Option<String>,
    max_age: Option<Duration>,
    leeway: Duration,
    kind: K,
}

/// A kind of token: what its check gives, and what it takes beside signature and claims.
pub trait TokenKind: Default {
    /// What is known of a token that was verified.
    type Verified;

    /// Verifies a token.
    fn verify(
        token: &Token<Self>,
        client: &ProjectClient,
    ) -> impl Future<Output = Result<Self::Verified, JwtError>> + Send;
}

impl<C, K: TokenKind> TokenCheck<C, K> {
    pub(crate) fn new(client: C, text: Secret) -> Self {
        let token = Token { text, issuer: None, max_age: None, leeway: LEEWAY, kind: K::default() };
        Self { client, token }
    }

    /// Accepts only a token that was issued less than this ago. Default: a token is accepted until it expires.
    ///
    /// Below one second, no token is accepted: a session JWT with `fall_back_to_api` then asks the API each time.
    pub fn max_age(mut self, max_age: Duration) -> Self {
        self.token.max_age = Some(max_age);
        self
    }

    /// How far the clocks of Stytch and of this machine may differ. Default 10 s.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.token.leeway = leeway;
        self
    }

    /// Sets the one issuer that is accepted. Default: `stytch.com/` and the project id, and the base URL of a client
    /// that was given one, as for a project with a custom domain.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.token.issuer = Some(issuer.into());
        self
    }
}

impl<C: InProject, K: TokenKind> TokenCheck<&C, K> {
    /// Returns what `send` awaits.
    async fn call(self) -> Result<K::Verified, JwtError> {
        K::verify(&self.token, &self.client.in_project()).await
    }
}

/// Gives the checks of the clients in a module their `send`, which is another method in each mode.
macro_rules! send {
    ($($api:ident)::+) => {
        impl<K: TokenKind> TokenCheck<&$($api)::+::Client, K> {
            /// Checks the token.
            ///
            /// # Errors
            ///
            /// The token is rejected ([`JwtError::problem`] says why), or what is needed for its check could not be had.
            pub async fn send(self) -> Result<K::Verified, JwtError> {
                self.call().await
            }
        }

        #[cfg(feature = "blocking")]
        impl<K: TokenKind> TokenCheck<&$($api)::+::blocking::Client, K> {
            /// Checks the token.
            ///
            /// # Errors
            ///
            /// The token is rejected ([`JwtError::problem`] says why), or what is needed for its check could not be had.
            pub fn send(self) -> Result<K::Verified, JwtError> {
                let client = self.client.inner();
                client.block_on(self.call()).map_err(JwtError::Api)?
            }
        }
    };
}

send!(crate);
#[cfg(feature = "b2b")]
send!(crate::b2b);

impl<K> Token<K> {
    /// Returns the claims, if the token is good. A check that has something else to try waits for keys only for a part
    /// of its time.
    async fn claims(&self, client: &ProjectClient, is_last: bool) -> Result<Claims, JwtError> {
        let compact = Compact::split(self.text.secret())?;
        let id = compact.key_id();
        let fetch = || published::fetch(client.clone());
        let wanted = Wanted { client: client.inner(), id, is_last, fetch };
        let keys = client.keys().find(wanted).await?.ok_or(JwtProblem::UnknownKey)?;
        if !keys.have_signed(id, compact.signed, &compact.signature) {
            return Err(JwtProblem::Signature.into());
        }
        if !compact.is_jwt() {
            return Err(JwtProblem::Malformed.into());
        }
        let claims = Claims::read(&compact.payload)?;
        let issuers = self.issuers(client);
        claims.check(&Expected {
            issuers: &issuers,
            audience: client.project_id(),
            now: client.inner().timer().timestamp(),
            max_age: self.max_age,
            leeway: self.leeway,
        })?;
        Ok(claims)
    }

    fn issuers(&self, client: &ProjectClient) -> Vec<String> {
        if let Some(issuer) = &self.issuer {
            return vec![issuer.clone()];
        }
        let base_url = client.inner().base_url().trim_end_matches('/');
        let own = Some(base_url).filter(|base_url| !is_own_address(base_url));
        [format!("stytch.com/{}", client.project_id())].into_iter().chain(own.map(str::to_owned)).collect()
    }
}
