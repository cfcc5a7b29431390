//! Session JWTs, verified without a call.
//!
//! The signature check is the TLS library's own, so that no second cryptography library is needed.

mod cache;
mod claims;
mod compact;
mod key;

use std::time::Duration;

use jiff::Timestamp;

pub(crate) use self::cache::KeyCache;
use self::claims::{Claims, Expected};
use self::compact::Compact;
use crate::call::decode;
use crate::client::Client;
use crate::exchange;
use crate::passwords::Session;
use crate::sessions::{Authenticate, Sessions};
use crate::{Endpoint, Error, ErrorKind, Secret};

/// How far the clocks of Stytch and of this machine may differ.
const LEEWAY: Duration = Duration::from_secs(10);

/// Why a session JWT is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JwtProblem {
    /// It is not a JWT, or it lacks a claim that every session JWT has.
    Malformed,
    /// It is signed with an algorithm other than RS256, or not signed.
    Algorithm,
    /// It names a key that the project does not have.
    UnknownKey,
    /// The signature does not match: it was changed, or signed by somebody else.
    Signature,
    /// It has expired. The session may still be active: the API knows.
    Expired,
    /// It is from the future, by more than the clocks may differ.
    NotYetValid,
    /// It is from another issuer.
    Issuer,
    /// It is for another project.
    Audience,
    /// It is as old as `max_age`, or older.
    TooOld,
}

impl JwtProblem {
    fn message(self) -> &'static str {
        match self {
            Self::Malformed => "it is not a session JWT",
            Self::Algorithm => "it is not signed with RS256",
            Self::UnknownKey => "it names a key that the project does not have",
            Self::Signature => "its signature is wrong",
            Self::Expired => {
                "it has expired: call `fall_back_to_api()` to ask whether the session is still active"
            }
            Self::NotYetValid => "it is from the future: check the clock of this machine",
            Self::Issuer => "it is from another issuer",
            Self::Audience => "it is for another project",
            Self::TooOld => "it is older than `max_age` allows: call `fall_back_to_api()` to ask the API",
        }
    }

    /// Whether the API may know more than the JWT says.
    fn is_for_the_api(self) -> bool {
        matches!(self, Self::Expired | Self::TooOld | Self::UnknownKey)
    }
}

impl From<JwtProblem> for Error {
    fn from(problem: JwtProblem) -> Self {
        Self::new(ErrorKind::Jwt, format!("the session JWT is rejected: {}", problem.message()))
            .with_jwt(problem)
    }
}

/// A session that was verified.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct VerifiedSession {
    /// The session, as the JWT or the API describes it.
    pub session: Session,
    /// When the JWT was issued; `None` if the API verified the session.
    pub issued_at: Option<Timestamp>,
    /// A new JWT for the user, if the API verified the session.
    pub session_jwt: Option<Secret>,
}

impl<C> Sessions<C> {
    /// Verifies a session JWT, without a call if its key is known.
    ///
    /// It checks the signature (RS256 only), the issuer, the audience, the times, and the age if
    /// [`max_age`](AuthenticateJwt::max_age) is set.
    ///
    /// The project's keys are fetched when they are first needed, then once an hour, and at most once a minute for a
    /// key that is not known. All clones of a client share the keys and the fetch, which has a timeout of its own:
    /// 30 s. A call that ends earlier does not end it. If keys cannot be fetched again, the known ones stay valid; for
    /// a JWT whose key is not known, the error of the fetch is returned.
    ///
    /// A JWT says what was true when it was issued: one of a session that was revoked since is accepted until it
    /// expires, five minutes after it was issued.
    ///
    /// ```no_run
    /// # async fn example(client: stytch_client::Client, cookie: &str) -> Result<(), stytch_client::Error> {
    /// use std::time::Duration;
    ///
    /// let verified = client.sessions().authenticate_jwt(cookie).max_age(Duration::from_secs(60)).send().await?;
    /// println!("{}", verified.session.user_id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn authenticate_jwt(self, session_jwt: impl Into<Secret>) -> AuthenticateJwt<C> {
        AuthenticateJwt {
            client: crate::__private::Handle::into_client(self),
            jwt: session_jwt.into(),
            issuer: None,
            max_age: None,
            leeway: LEEWAY,
            fall_back: false,
        }
    }
}

/// A verification that is being set up; from [`Sessions::authenticate_jwt`].
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

    /// Asks the API if the JWT has expired or is too old, or if its key cannot be fetched.
    ///
    /// The result then has a new JWT. A JWT that is wrong in any other way is rejected without a call. A key that is
    /// not known is waited for for at most half of the timeout, and 2 s, so that the API has time to respond.
    pub fn fall_back_to_api(mut self) -> Self {
        self.fall_back = true;
        self
    }

    async fn run(self, client: &Client) -> Result<VerifiedSession, Error> {
        let started = client.core.clock.now();
        match self.verify(client).await {
            Err(error) if self.fall_back && may_ask(&error) => {
                // The keys and the API share the time of the call.
                let spent = client.core.clock.now() - started;
                let rest =
                    client.options.timeout.map(|limit| client.with_timeout(limit.saturating_sub(spent)));
                ask(rest.as_ref().unwrap_or(client), &self.jwt).await
            }
            outcome => outcome,
        }
    }

    async fn verify(&self, client: &Client) -> Result<VerifiedSession, Error> {
        let compact = Compact::split(self.jwt.secret())?;
        let keys = client.core.keys.find(client, compact.key_id(), !self.fall_back).await?;
        keys.verify(compact.key_id(), compact.signed, &compact.signature)?;
        let claims = Claims::read(&compact.payload)?;
        let issuer = self.issuer.clone().unwrap_or_else(|| format!("stytch.com/{}", client.project_id()));
        let expected = Expected {
            issuer: &issuer,
            audience: client.project_id(),
            now: client.core.clock.timestamp(),
            max_age: self.max_age,
            leeway: self.leeway,
        };
        claims.check(&expected)?;
        let issued_at = Timestamp::from_second(claims.issued_at).ok();
        Ok(VerifiedSession { session: claims.into_session(), issued_at, session_jwt: None })
    }
}

impl AuthenticateJwt<&Client> {
    /// Verifies.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Jwt`] if the JWT is rejected, with [`Error::jwt_problem`]; any other kind if the keys could not be
    /// fetched, or the API could not be asked.
    pub async fn send(self) -> Result<VerifiedSession, Error> {
        let client = self.client;
        self.run(client).await
    }
}

#[cfg(feature = "blocking")]
impl AuthenticateJwt<&crate::blocking::Client> {
    /// Verifies.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::Jwt`] if the JWT is rejected, with [`Error::jwt_problem`]; any other kind if the keys could not be
    /// fetched, or the API could not be asked.
    pub fn send(self) -> Result<VerifiedSession, Error> {
        let client = self.client;
        client.wait(self.run(client.inner()))
    }
}

/// Whether the API may accept what was rejected here.
fn may_ask(error: &Error) -> bool {
    error.jwt_problem().is_none_or(JwtProblem::is_for_the_api)
}

async fn ask(client: &Client, jwt: &Secret) -> Result<VerifiedSession, Error> {
    let request = Authenticate::builder().session_jwt(jwt.secret()).build();
    let response = exchange::run(client.clone(), request.request()).await?;
    let response: crate::sessions::AuthenticateResponse = decode(&response)?;
    Ok(VerifiedSession { session: response.session, issued_at: None, session_jwt: response.session_jwt })
}
