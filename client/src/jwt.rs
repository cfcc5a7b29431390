//! Session JWTs, verified without a call.
//!
//! Written over the TLS library's own signature check, so that no second cryptography comes into the tree.

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

/// How far the clocks of Stytch and of this machine may be apart.
const LEEWAY: Duration = Duration::from_secs(10);

/// Why a session JWT is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JwtProblem {
    /// It is no JWT, or it lacks a claim that every session JWT has.
    Malformed,
    /// It is signed with another algorithm than RS256, or with none.
    Algorithm,
    /// It names a key that the project does not have.
    UnknownKey,
    /// The signature is not its own: it was tampered with, or signed by somebody else.
    Signature,
    /// It has expired. The session may live on: the API can tell.
    Expired,
    /// It is from the future, by more than clocks may differ.
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
            Self::Malformed => "it is no session JWT",
            Self::Algorithm => "it is not signed with RS256",
            Self::UnknownKey => "it names a key that the project does not have",
            Self::Signature => "its signature is wrong",
            Self::Expired => "it has expired; `fall_back_to_api()` asks whether the session lives on",
            Self::NotYetValid => "it is from the future: compare the clocks",
            Self::Issuer => "it is from another issuer",
            Self::Audience => "it is for another project",
            Self::TooOld => "it is older than `max_age` allows",
        }
    }

    /// Whether the API may know more than the JWT says.
    fn is_for_the_api(self) -> bool {
        matches!(self, Self::Expired | Self::TooOld | Self::UnknownKey)
    }
}

impl From<JwtProblem> for Error {
    fn from(problem: JwtProblem) -> Self {
        Self::new(ErrorKind::Jwt, format!("the session JWT is refused: {}", problem.message()))
            .with_jwt(problem)
    }
}

/// A session that was verified.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct VerifiedSession {
    /// The session, as the JWT or the API describes it.
    pub session: Session,
    /// When the JWT was issued; `None` when the API has answered.
    pub issued_at: Option<Timestamp>,
    /// A new JWT to hand to the user, when the API has answered.
    pub session_jwt: Option<Secret>,
}

impl<C> Sessions<C> {
    /// Verifies a session JWT, without a call where its key is known.
    ///
    /// Checked are the signature (RS256 and nothing else), the issuer, the audience, the times, and the age if
    /// [`max_age`](AuthenticateJwt::max_age) is set. The project's keys are fetched when they are first needed,
    /// at most once a minute for keys that are unknown, and once an hour in any case; all clones of a client
    /// share them. A call that is given up does not end a fetch that it began. Keys that are known stay good while they cannot be fetched again; a JWT whose key is not known is
    /// then not refused, but the error of the fetch is returned.
    ///
    /// A JWT says what was true when it was issued: a session that was revoked since is accepted until the JWT
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

    /// How far the clocks of Stytch and of this machine may be apart. Default 10 s.
    pub fn leeway(mut self, leeway: Duration) -> Self {
        self.leeway = leeway;
        self
    }

    /// The issuer, for a project with a domain of its own. Default `stytch.com/` and the project id.
    pub fn issuer(mut self, issuer: impl Into<String>) -> Self {
        self.issuer = Some(issuer.into());
        self
    }

    /// Asks the API where the JWT has expired, is too old, or its key cannot be had.
    ///
    /// The answer then has a new JWT. A JWT that is wrong in any other way is refused without asking.
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
    /// [`ErrorKind::Jwt`] where the JWT is refused, with [`Error::jwt_problem`]; any other kind where the keys,
    /// or the API, could not be asked.
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
    /// [`ErrorKind::Jwt`] where the JWT is refused, with [`Error::jwt_problem`]; any other kind where the keys,
    /// or the API, could not be asked.
    pub fn send(self) -> Result<VerifiedSession, Error> {
        let client = self.client;
        client.wait(self.run(client.inner()))
    }
}

/// Whether the API may accept what was refused here.
fn may_ask(error: &Error) -> bool {
    error.jwt_problem().is_none_or(JwtProblem::is_for_the_api)
}

async fn ask(client: &Client, jwt: &Secret) -> Result<VerifiedSession, Error> {
    let request = Authenticate::builder().session_jwt(jwt.secret()).build();
    let answer = exchange::run(client.clone(), request.request()).await?;
    let answer: crate::sessions::AuthenticateResponse = decode(&answer)?;
    Ok(VerifiedSession { session: answer.session, issued_at: None, session_jwt: answer.session_jwt })
}
