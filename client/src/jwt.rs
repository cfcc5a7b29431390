//! Session JWTs, checked without a call.
//!
//! The signature is checked by the TLS library, so that no second cryptography comes into the tree.

mod claims;
mod compact;
mod error;
mod published;

use std::time::Duration;

use declapi::{Mode, Timestamp};

use self::claims::{Claims, Expected};
use self::compact::Compact;
pub use self::error::{JwtError, JwtProblem};
use crate::Secret;
use crate::client::Client;
use crate::keys::Wanted;
use crate::models::Session;
use crate::sessions::Authenticate;

/// How far the clocks of Stytch and of this machine may differ.
const LEEWAY: Duration = Duration::from_secs(10);

/// A session that was verified.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct VerifiedSession {
    /// The session, as the JWT or the API describes it.
    pub session: Session,
    /// When the JWT was issued; `None` if the API was asked.
    pub issued_at: Option<Timestamp>,
    /// A new JWT for the user, if the API was asked.
    pub session_jwt: Option<Secret>,
}

/// A verification that is being set up; from [`Sessions::authenticate_jwt`](crate::sessions::Sessions::authenticate_jwt).
#[derive(Debug)]
#[must_use = "nothing is verified until `.send()`"]
pub struct AuthenticateJwt<C> {
    client: C,
    jwt: Secret,
    issuer: Option<String>,
    max_age: Option<Duration>,
    leeway: Duration,
    fall_back: bool,
}

impl<C> AuthenticateJwt<C> {
    pub(crate) fn new(client: C, jwt: Secret) -> Self {
        Self { client, jwt, issuer: None, max_age: None, leeway: LEEWAY, fall_back: false }
    }

    /// Accepts only a JWT that was issued less than this ago. Default: a JWT is accepted until it expires.
    ///
    /// Below one second, no JWT is accepted: with [`fall_back_to_api`](Self::fall_back_to_api), the API is asked each
    /// time.
    pub fn max_age(mut self, max_age: Duration) -> Self {
        self.max_age = Some(max_age);
        self
    }

    /// How far the clocks of Stytch and of this machine may differ. Default 10 s.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// Sets the issuer, for a project with a custom domain. Default `stytch.com/` and the project id.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// Asks the API if the JWT has expired, is too old, or its key cannot be had.
    ///
    /// The result then has a new JWT. A JWT that is wrong in any other way is rejected without a call. A key that is not
    /// known is waited for for at most half of the timeout, and 2 s, so that the API has time to respond.
    pub fn fall_back_to_api(mut self) -> Self {
        self.fall_back = true;
        self
    }

    async fn run(&self, client: &Client) -> Result<VerifiedSession, JwtError> {
        let started = client.inner().timer().now();
        match self.check(client).await {
            Err(error) if self.fall_back && may_ask(&error) => {
                // The keys and the API share the time of the call.
                let spent = client.inner().timer().now() - started;
                let rest = client
                    .inner()
                    .timeout()
                    .map(|timeout| client.with_timeout(timeout.saturating_sub(spent)));
                ask(rest.as_ref().unwrap_or(client), &self.jwt).await
            }
            outcome => outcome,
        }
    }

    async fn check(&self, client: &Client) -> Result<VerifiedSession, JwtError> {
        let compact = Compact::split(self.jwt.secret())?;
        let id = compact.key_id();
        let fetch = || published::fetch(client.clone());
        let wanted = Wanted { client: client.inner(), id, is_last: !self.fall_back, fetch };
        let keys = client.keys().find(wanted).await?.ok_or(JwtProblem::UnknownKey)?;
        if !keys.have_signed(id, compact.signed, &compact.signature) {
            return Err(JwtProblem::Signature.into());
        }
        let claims = Claims::read(&compact.payload)?;
        let issuer = self.issuer.clone().unwrap_or_else(|| format!("stytch.com/{}", client.project_id()));
        let expected = Expected {
            issuer: &issuer,
            audience: client.project_id(),
            now: client.inner().timer().timestamp(),
            max_age: self.max_age,
            leeway: self.leeway,
        };
        claims.check(&expected)?;
        let issued_at = Timestamp::from_second(claims.issued_at).ok();
        Ok(VerifiedSession { session: claims.into_session(), issued_at, session_jwt: None })
    }
}

impl<M: Mode> AuthenticateJwt<&Client<M>> {
    /// Returns what `send` awaits.
    async fn call(self) -> Result<VerifiedSession, JwtError> {
        self.run(&self.client.to_async()).await
    }
}

impl AuthenticateJwt<&Client> {
    /// Checks the JWT.
    ///
    /// # Errors
    ///
    /// The JWT is rejected ([`JwtError::problem`] says why), or neither the keys nor the API could be had.
    pub async fn send(self) -> Result<VerifiedSession, JwtError> {
        self.call().await
    }
}

#[cfg(feature = "blocking")]
impl AuthenticateJwt<&crate::blocking::Client> {
    /// Checks the JWT.
    ///
    /// # Errors
    ///
    /// The JWT is rejected ([`JwtError::problem`] says why), or neither the keys nor the API could be had.
    pub fn send(self) -> Result<VerifiedSession, JwtError> {
        let client = self.client.inner();
        client.block_on(self.call()).map_err(JwtError::Api)?
    }
}

/// Whether the API may accept what was rejected here.
fn may_ask(error: &JwtError) -> bool {
    error.problem().is_none_or(JwtProblem::is_for_the_api)
}

async fn ask(client: &Client, jwt: &Secret) -> Result<VerifiedSession, JwtError> {
    let request = Authenticate::builder().session_jwt(jwt.secret()).build();
    let response = client.send(&request).await.map_err(JwtError::Api)?;
    Ok(VerifiedSession { session: response.session, issued_at: None, session_jwt: response.session_jwt })
}
