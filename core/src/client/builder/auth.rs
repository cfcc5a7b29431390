//! The credentials of a client, and the hosts that get them.

use zeroize::Zeroizing;

use super::ClientBuilder;
use crate::auth::{AuthProvider, Credentials, Renewed};
use crate::client::ApiClient;

impl<C: ApiClient> ClientBuilder<C> {
    /// Sends a user name and a password with every call (`Authorization: Basic`).
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials = Credentials::basic(user, password);
        self
    }

    /// Sends a token with every call (`Authorization: Bearer`).
    pub fn bearer_auth(mut self, token: impl Into<String>) -> Self {
        self.credentials = Credentials::bearer(token);
        self
    }

    /// Sends a credential in a header with every call, for example an API key. No error or log shows it.
    pub fn secret_header(mut self, name: impl AsRef<str>, value: impl Into<String>) -> Self {
        let before = self.headers.len();
        self = self.header(name, Zeroizing::new(value.into()).as_str());
        if let Some((_, header)) = self.headers.get_mut(before) {
            header.set_sensitive(true);
        }
        self
    }

    /// Sends a credential in the query of every call. No error or log of this client shows it.
    ///
    /// Servers and proxies log queries, so prefer [`secret_header`](Self::secret_header) if the API accepts a header.
    pub fn secret_query(mut self, name: impl AsRef<str>, value: impl Into<String>) -> Self {
        self.query = self.query.with_query(name, value);
        self
    }

    /// Sets a provider for the credentials of every call, for example one that fetches tokens: see [`AuthProvider`].
    pub fn auth_provider(mut self, provider: impl AuthProvider) -> Self {
        self.provider = Some(Renewed::new(provider));
        self
    }

    /// Sets the credentials of the endpoints that are declared with `auth = "name"`.
    ///
    /// ```
    /// use declapi::{Client, Credentials, endpoint};
    ///
    /// /// Deletes an account.
    /// #[endpoint(delete = "/accounts/{id}", response = (), auth = "admin")]
    /// pub struct DeleteAccount {
    ///     /// The id of the account.
    ///     pub id: u64,
    /// }
    ///
    /// # fn example(key: String, admin_key: String) -> Result<Client, declapi::Error> {
    /// let client = Client::builder("https://api.example.com")
    ///     .bearer_auth(key)
    ///     .named_auth("admin", Credentials::header("x-admin-key", admin_key))
    ///     .build()?;
    /// # Ok(client)
    /// # }
    /// ```
    pub fn named_auth(mut self, name: impl Into<String>, credentials: Credentials) -> Self {
        match credentials.checked() {
            Ok(credentials) => self.named_auth_provider(name, credentials),
            Err(error) => {
                let name = name.into();
                self.wrong_auth.get_or_insert_with(|| error.about(&format!("the credentials `{name}`")));
                self
            }
        }
    }

    /// Sets a provider for the credentials of the endpoints that are declared with `auth = "name"`.
    pub fn named_auth_provider(mut self, name: impl Into<String>, provider: impl AuthProvider) -> Self {
        let name = name.into();
        self.named_auth.retain(|(other, _)| *other != name);
        self.named_auth.push((name, Renewed::new(provider)));
        self
    }

    /// Sets the URL of the host that endpoints and resources choose with `host = "name"`.
    ///
    /// Calls to this host are sent without the client's credentials, even if the declaration of the client says
    /// otherwise. The URL must follow the rules of [`base_url`](Self::base_url).
    pub fn host(self, name: impl Into<String>, base_url: impl Into<String>) -> Self {
        self.set_host(name.into(), base_url.into(), false)
    }

    /// Sets the URL of the host that endpoints and resources choose with `host = "name"`. The client's credentials are
    /// sent to this host too.
    pub fn host_with_auth(self, name: impl Into<String>, base_url: impl Into<String>) -> Self {
        self.set_host(name.into(), base_url.into(), true)
    }

    pub(super) fn set_host(mut self, name: String, base_url: String, auth: bool) -> Self {
        self.hosts.retain(|(other, ..)| *other != name);
        self.hosts.push((name, base_url, auth));
        self
    }
}
