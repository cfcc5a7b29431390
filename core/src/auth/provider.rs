//! Providers of credentials that a program does not have at start-up.

use std::error::Error as StdError;
use std::future::Future;
use std::pin::Pin;

use super::Credentials;

/// The future that an [`AuthProvider`] returns.
pub type CredentialsFuture =
    Pin<Box<dyn Future<Output = Result<Credentials, Box<dyn StdError + Send + Sync>>> + Send>>;

/// Provides credentials that can expire, for example a token from an OAuth server.
///
/// A client calls the provider before its first call and caches the credentials. It calls the provider again
///
/// - before a call, if the credentials expire in less than a minute, or in less than a fifth of their validity if that
///   is shorter (see [`expires_in`](Credentials::expires_in) and [`expires_at`](Credentials::expires_at)). If the
///   provider fails, the client uses the old credentials until they expire.
/// - once for each call to which the server responds with 401. The client then retries the call with the new
///   credentials. This is safe for every endpoint, because a server that rejects the credentials has not executed the
///   request. The retry policy and its budget apply to this attempt too. If the provider returns the same credentials,
///   the 401 is the result of the call.
///
/// Calls that need new credentials at the same time share one request to the provider and its result. If a call is
/// dropped during such a request, the next call continues to wait for the same request. The timeout of such a request
/// is 30 s. The time also counts for the timeout of each call that waits for it.
///
/// A closure is a provider. Its future must own its data, like the future of a [`Transport`](crate::Transport).
///
/// ```
/// use std::time::Duration;
///
/// use declapi::{Client, Credentials, Error, endpoint, response};
///
/// /// Fetches a token.
/// #[endpoint(post = "/oauth/token", response = Token)]
/// pub struct FetchToken<'a> {
///     /// The id of the client.
///     pub client_id: &'a str,
///     /// Its password.
///     #[endpoint(secret)]
///     pub client_secret: &'a str,
/// }
///
/// /// A token.
/// #[response]
/// pub struct Token {
///     /// The token itself.
///     #[response(required)]
///     pub access_token: String,
///     /// The validity, in seconds.
///     pub expires_in: u64,
/// }
///
/// # fn example(secret: &'static str) -> Result<Client, Error> {
/// let accounts = Client::builder("https://accounts.example.com").build()?;
/// let client = Client::builder("https://api.example.com")
///     .auth_provider(move || {
///         let token = accounts.fetch_token().client_id("shop").client_secret(secret).send();
///         async move {
///             let token = token.await?;
///             let validity = Duration::from_secs(token.expires_in);
///             Ok::<_, Error>(Credentials::bearer(token.access_token).expires_in(validity))
///         }
///     })
///     .build()?;
/// # Ok(client)
/// # }
/// ```
pub trait AuthProvider: Send + Sync + 'static {
    /// Returns new credentials.
    fn credentials(&self) -> CredentialsFuture;
}

impl<P, F, E> AuthProvider for P
where
    P: Fn() -> F + Send + Sync + 'static,
    F: Future<Output = Result<Credentials, E>> + Send + 'static,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    fn credentials(&self) -> CredentialsFuture {
        let credentials = self();
        Box::pin(async move { credentials.await.map_err(Into::into) })
    }
}

/// A provider that always returns the same credentials.
impl AuthProvider for Credentials {
    fn credentials(&self) -> CredentialsFuture {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}
