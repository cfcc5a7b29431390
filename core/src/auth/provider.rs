//! Where credentials come from that a program does not have from the start.

use std::error::Error as StdError;
use std::future::Future;
use std::pin::Pin;

use super::Credentials;

/// The future that an [`AuthProvider`] returns.
pub type CredentialsFuture =
    Pin<Box<dyn Future<Output = Result<Credentials, Box<dyn StdError + Send + Sync>>> + Send>>;

/// Returns credentials that can be used now, such as a token that was fetched from an OAuth server.
///
/// A client asks before its first call and keeps what it gets. It asks again
///
/// - before a call, as soon as less than a minute (or a fifth, if that is shorter) of the validity is left that
///   [`expires_in`](Credentials::expires_in) or [`expires_at`](Credentials::expires_at) says. If the provider fails then,
///   the old credentials are used until they expire;
/// - once for each call to which the server responds with 401. The call is sent again with the new credentials,
///   whatever its endpoint, since a server that rejects the credentials has done nothing; the retry policy and its budget
///   hold for this attempt too. If the provider returns the same credentials, the 401 is the result.
///
/// Calls that need new credentials at the same time share one request to the provider and its result, and so do calls
/// that are dropped: the next one goes on where they left off. Such a request may take 30 s. It counts against the
/// timeout of each call that waits for it.
///
/// A closure is a provider. Its future owns what it needs, as that of a [`Transport`](crate::Transport) does.
///
/// ```
/// use std::time::Duration;
///
/// use declapi::{Client, Credentials, Error, endpoint, response};
///
/// /// Fetches a token.
/// #[endpoint(post = "/oauth/token", response = Token)]
/// pub struct FetchToken<'a> {
///     /// What the client is called.
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
///     /// For how many seconds it is valid.
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

/// Credentials that stay the same.
impl AuthProvider for Credentials {
    fn credentials(&self) -> CredentialsFuture {
        Box::pin(std::future::ready(Ok(self.clone())))
    }
}
