//! How a client is made, and what it refuses to be.

mod base_url;
mod credentials;
mod own_http;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use tokio::sync::Semaphore;
use zeroize::Zeroizing;

use self::credentials::Credentials;
use crate::Error;
use crate::client::{Client, Core, Options, common_headers};
use crate::retry::{Budget, RetryPolicy};
use crate::timer::{Clock, Timer};
use crate::transport::{Transport, Wire};
use crate::url_cache::UrlCache;

/// Connecting takes one round trip, two with TLS; five seconds leave room for two lost packets.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// Stytch hashes passwords, which takes it a second at worst; a user who waits for longer than this is gone.
const TIMEOUT: Duration = Duration::from_secs(30);
/// A user with all that Stytch keeps of one is a few kilobytes; lists of a thousand stay below this.
const MAX_RESPONSE_BYTES: usize = 4 * 1024 * 1024;
/// Many processes may open 1024 files, and need some of them for something else.
const MAX_CONNECTIONS: usize = 256;

/// Makes a [`Client`].
///
/// Defaults: connecting within 5 s, a whole call (retries included) within 30 s, answers up to 4 MiB, up to 3
/// attempts where a repeat is safe, up to 256 connections, proxies as the environment says, except to loopback
/// addresses.
#[must_use = "a builder does nothing until `.build()`"]
pub struct ClientBuilder {
    base_url: Option<String>,
    project_id: String,
    credentials: Credentials,
    user_agent: Option<String>,
    connect_timeout: Duration,
    max_connections: usize,
    options: Options,
    plain_http: bool,
    proxies: bool,
    http: Option<reqwest::Client>,
    transport: Option<Arc<dyn Transport>>,
    clock: Clock,
}

impl ClientBuilder {
    pub(crate) fn for_stytch(project_id: String, secret: String) -> Self {
        let credentials = Credentials::Basic { user: project_id.clone(), password: Zeroizing::new(secret) };
        Self { project_id, credentials, ..Self::blank() }
    }

    pub(crate) fn for_api(base_url: String) -> Self {
        Self { base_url: Some(base_url), ..Self::blank() }
    }

    fn blank() -> Self {
        Self {
            base_url: None,
            project_id: String::new(),
            credentials: Credentials::None,
            user_agent: None,
            connect_timeout: CONNECT_TIMEOUT,
            max_connections: MAX_CONNECTIONS,
            options: Options {
                timeout: Some(TIMEOUT),
                retries: RetryPolicy::default(),
                max_response_bytes: MAX_RESPONSE_BYTES,
            },
            plain_http: false,
            proxies: true,
            http: None,
            transport: None,
            clock: Clock::Tokio,
        }
    }

    /// Where the API is, instead of Stytch's own address for the project. A path in it is kept as a prefix.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Sends this user and password with every call (`Authorization: Basic`).
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.credentials =
            Credentials::Basic { user: user.into(), password: Zeroizing::new(password.into()) };
        self
    }

    /// Sends this token with every call (`Authorization: Bearer`).
    pub fn bearer_auth(mut self, token: impl Into<String>) -> Self {
        self.credentials = Credentials::Bearer(Zeroizing::new(token.into()));
        self
    }

    /// The `User-Agent`, of the form `name/version`. Default `stytch-client/` and this crate's version.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// How long connecting may take, TLS included. Default 5 s.
    ///
    /// Tokio's clock measures it, whatever [`timer`](Self::timer) says, and an HTTP client that is handed in has
    /// its own limit.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// How long a call may take, with all its attempts and the waits between them. Default 30 s.
    ///
    /// [`Client::with_timeout`] sets it for single calls.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// When a call is sent again. Default: up to 3 attempts, see [`RetryPolicy`].
    pub fn retries(mut self, retries: RetryPolicy) -> Self {
        self.options.retries = retries;
        self
    }

    /// How many bytes a success may have, unpacked, counted while it is read. Default 4 MiB.
    ///
    /// Of any other answer 64 KiB are read, whatever this says.
    pub fn max_response_bytes(mut self, limit: usize) -> Self {
        self.options.max_response_bytes = limit;
        self
    }

    /// How many calls may be under way at once, each on a connection of its own. Default 256.
    ///
    /// A call beyond waits for its turn, in order, within its time limit. An HTTP client or a [`Transport`] that
    /// is handed in decides for itself. 0 counts as 1.
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.max_connections = connections;
        self
    }

    /// Allows `http://` to any host. The credentials and every password then cross the network in the clear.
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Ignores the proxies that the environment names (`HTTPS_PROXY` and its kin).
    pub fn no_proxy(mut self) -> Self {
        self.proxies = false;
        self
    }

    /// Sends through an HTTP client of your own, whose own time limits, proxies and TLS then count.
    ///
    /// Build it with `redirect::Policy::none()`. One that follows redirects cannot take a request's body along,
    /// nor the credentials to another host, but it asks the other host, with the headers that the endpoint itself
    /// declares and, unless `referer(false)` is set, with the query; that is noticed afterwards and becomes an
    /// error, unless it leads back to the URL that was asked.
    ///
    /// With TLS by `ring` (the default), reqwest has no cryptography of its own, and `reqwest::Client::new()` panics
    /// in a program that installs none: turn on reqwest's feature `rustls`, or call
    /// `rustls::crypto::ring::default_provider().install_default()` at start-up.
    ///
    /// For a base URL on loopback build it with `no_proxy()`, and write `127.0.0.1`: only the client that is built here
    /// keeps plain `http` to `localhost` from name servers and proxies.
    pub fn http_client(mut self, http: reqwest::Client) -> Self {
        self.http = Some(http);
        self
    }

    /// Sends through a transport of your own; a closure will do, see [`Transport`].
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Takes time from a clock of your own; needed where a [`Transport`] runs without Tokio.
    pub fn timer(mut self, timer: impl Timer) -> Self {
        self.clock = Clock::Own(Arc::new(timer));
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// Project id, secret or token are empty or hold control characters; the base URL is none, has another
    /// scheme than `https` (or `http` to loopback), or holds credentials, a query or a fragment; TLS cannot be
    /// set up.
    pub fn build(self) -> Result<Client, Error> {
        let authorization = self.credentials.header()?;
        let default_base = || base_url::of_project(&self.project_id).to_owned();
        let text = self.base_url.clone().unwrap_or_else(default_base);
        let base = base_url::parse(&text, self.plain_http)?;
        let user_agent =
            self.user_agent.as_deref().unwrap_or(concat!("stytch-client/", env!("CARGO_PKG_VERSION")));
        let user_agent = HeaderValue::from_str(user_agent).map_err(|_| {
            Error::config("the user agent has control characters in it: write `name/version`")
        })?;
        let redirects_possible = self.http.is_some() && self.transport.is_none();
        let is_ours = self.http.is_none() && self.transport.is_none();
        // The HTTP client would put it together anew for every call.
        let host = is_ours.then(|| base_url::host(&base)).flatten();
        let wire = match (self.transport, self.http) {
            (Some(transport), _) => Wire::Own(transport),
            (None, Some(http)) => Wire::Reqwest(http),
            (None, None) => Wire::Reqwest(own_http::build(&base, self.connect_timeout, self.proxies)?),
        };
        let permits = self.max_connections.clamp(1, Semaphore::MAX_PERMITS);
        let core = Core {
            prefix: base.path().trim_end_matches('/').to_owned(),
            base,
            project_id: self.project_id,
            secrets: self.credentials.secrets(authorization.as_ref()),
            headers: common_headers(host, user_agent, authorization),
            wire,
            connections: is_ours.then(|| Semaphore::new(permits)),
            redirects_possible,
            connect_timeout: is_ours.then_some(self.connect_timeout),
            clock: self.clock,
            budget: Budget::new(),
            urls: UrlCache::default(),
            #[cfg(feature = "rustls")]
            keys: crate::jwt::KeyCache::new(self.options),
        };
        Ok(Client { core: Arc::new(core), options: self.options })
    }
}

impl fmt::Debug for ClientBuilder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("project_id", &self.project_id)
            .field("credentials", &self.credentials)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
