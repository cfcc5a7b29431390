//! Local checks of tokens: session JWTs, and the access tokens of machines and of connected apps.
//!
//! The TLS library checks the signatures, so that no second cryptography library is needed.

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

/// The allowed difference between the clocks of Stytch and of this machine.
const LEEWAY: Duration = Duration::from_secs(10);

/// The check of a token, for example of a [`SessionJwt`], an [`M2mAccessToken`] or an [`IdpAccessToken`].
///
/// It verifies the signature (only RS256), the type (`JWT`), the issuer, the audience, the times, and the age if
/// [`max_age`](Self::max_age) is set. A token that lacks one of these is rejected. If Stytch's SDKs differ in a check,
/// this crate does the same as the strictest SDK. The only exception are the clocks: the default leeway is ten seconds,
/// and some SDKs have none.
///
/// The keys of the project are fetched when they are first needed. They are fetched again once an hour, and for unknown
/// keys at most once a minute. All clones of a client share them. A fetch continues even if the call that started it is
/// dropped. If a new fetch fails, the known keys stay valid. If the key of a token is unknown then, the check returns
/// the error of the fetch instead of a rejection.
#[derive(Debug)]
#[must_use = "a token is not verified until `.send()`"]
pub struct TokenCheck<C, K> {
    client: C,
    token: Token<K>,
}

/// The parameters of a check.
#[derive(Debug)]
pub struct Token<K> {
    text: Secret,
    issuer: Option<String>,
    max_age: Option<Duration>,
    leeway: Duration,
    kind: K,
}

/// A kind of token, with its additional checks and its result.
pub trait TokenKind: Default {
    /// The data of a verified token.
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

    /// Accepts only a token that was issued less than this time ago. Default: a token is accepted until it expires.
    ///
    /// If it is less than one second, no token is accepted. A session JWT with `fall_back_to_api` is then always
    /// checked by the API.
    pub fn max_age(mut self, max_age: Duration) -> Self {
        self.token.max_age = Some(max_age);
        self
    }

    /// Sets the allowed difference between the clocks of Stytch and of this machine. Default: 10 s.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.token.leeway = leeway;
        self
    }

    /// Sets the only accepted issuer. Default: `stytch.com/` with the project id and, for a project with a custom
    /// domain, the base URL of the client.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.token.issuer = Some(issuer.into());
        self
    }
}

impl<C: InProject, K: TokenKind> TokenCheck<&C, K> {
    /// Returns the future of `send`.
    async fn call(self) -> Result<K::Verified, JwtError> {
        K::verify(&self.token, &self.client.in_project()).await
    }
}

/// Implements `send` for the clients in a module, in each mode.
macro_rules! send {
    ($($api:ident)::+) => {
        impl<K: TokenKind> TokenCheck<&$($api)::+::Client, K> {
            /// Checks the token.
            ///
            /// # Errors
            ///
            /// The token is rejected ([`JwtError::problem`] returns the reason), or data for the check could not be fetched.
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
            /// The token is rejected ([`JwtError::problem`] returns the reason), or data for the check could not be fetched.
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
    /// Returns the claims of a valid token. A check with a fallback waits for the keys only for a part of its time.
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
