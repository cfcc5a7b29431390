//! Stytch's Sessions API: declarations only.

mod authenticate;
mod get;
mod jwks;
mod revoke;

// Everything, so that the types that a compile error names can be reached too.
pub use self::authenticate::*;
pub use self::get::*;
pub use self::jwks::*;
pub use self::revoke::*;
use crate::Client;
use declapi::resource;

/// Sessions: who is logged in, and until when.
///
/// From [`Client::sessions`].
#[resource(on = &Client)]
pub struct Sessions;

#[cfg(feature = "rustls")]
impl<C> Sessions<C> {
    /// Checks a session JWT, without a call if its key is known.
    ///
    /// Checked are the signature (RS256 and nothing else), the issuer, the audience, the times, and the age if
    /// [`max_age`](crate::AuthenticateJwt::max_age) is set. The project's keys are fetched when they are first needed,
    /// at most once a minute for keys that are unknown, and once an hour in any case; all clones of a client share
    /// them. A call that is given up does not end a fetch that it began. Known keys stay good while they cannot be
    /// fetched again. A JWT whose key is not known is then not rejected: the error of the fetch is returned.
    ///
    /// A JWT says what was true when it was issued: a session that was revoked since is accepted until the JWT
    /// expires, five minutes after it was issued.
    ///
    /// ```no_run
    /// # async fn example(client: stytch_client::Client, cookie: &str) -> Result<(), stytch_client::JwtError> {
    /// use std::time::Duration;
    ///
    /// let verified = client.sessions().authenticate_jwt(cookie).max_age(Duration::from_secs(60)).send().await?;
    /// println!("{}", verified.session.user_id);
    /// # Ok(())
    /// # }
    /// ```
    pub fn authenticate_jwt(self, session_jwt: impl Into<crate::Secret>) -> crate::AuthenticateJwt<C> {
        crate::AuthenticateJwt::new(self.client, session_jwt.into())
    }
}
