//! How a client is built.

mod auth;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::header::{AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION};
use http::{HeaderName, HeaderValue};
use tokio::sync::Semaphore;
use url::Url;
use zeroize::Zeroizing;

use super::{ApiClient, Async, Client};
use crate::Error;
use crate::auth::{Credentials, Renewed};
use crate::call::{Core, Host, NamedHost, Options, common_headers};
use crate::error::Redactor;
use crate::retry::{Budget, RetryPolicy};
use crate::transport::timer::{Timer, TokioTimer};
use crate::transport::{CONNECT_TIMEOUT, Hook, Transport, base_url};

/// A user who waits for longer than this is gone.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Servers that keep a stream open send something at least twice a minute.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);
/// Lists of a thousand ordinary objects stay below this.
const MAX_RESPONSE_BYTES: usize = 4 * 1024 * 1024;
/// Many processes may open 1024 files, and need some of them for something else.
const MAX_CONNECTIONS: usize = 256;

/// Builds a client.
///
/// Defaults: connecting within 5 s, a whole call (retries included) within 30 s, responses up to 4 MiB, up to 3
/// attempts if a retry is safe, up to 256 connections, proxies as the environment says, except to loopback
/// addresses.
#[must_use = "a builder does nothing until `.build()`"]
pub struct ClientBuilder<C: ApiClient = Client> {
    state: C::State,
    base_url: Option<String>,
    credentials: Credentials,
    /// Credentials in the query.
    query: Credentials,
    provider: Option<Renewed>,
    /// Further credentials by their names.
    named_auth: Vec<(String, Renewed)>,
    /// The first of them that cannot be sent.
    wrong_auth: Option<Error>,
    /// Further hosts: their names, their base URLs, and whether they get credentials.
    hosts: Vec<(String, String, bool)>,
    user_agent: Option<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// The first header that cannot be sent.
    wrong_header: Option<String>,
    connect_timeout: Duration,
    max_connections: usize,
    options: Options,
    plain_http: bool,
    proxies: bool,
    hooks: Vec<Box<dyn Hook>>,
    transport: Option<Arc<dyn Transport>>,
    timer: Arc<dyn Timer>,
}

impl<C: ApiClient> ClientBuilder<C> {
    /// Starts a client with what it holds besides the runtime's part; `()` for a declaration without fields.
    pub fn new(state: C::State) -> Self {
        let builder = Self {
            state,
            base_url: C::INFO.base_url.map(str::to_owned),
            credentials: Credentials::default(),
            query: Credentials::default(),
            provider: None,
            named_auth: Vec::new(),
            wrong_auth: None,
            hosts: Vec::new(),
            user_agent: None,
            headers: Vec::new(),
            wrong_header: None,
            connect_timeout: CONNECT_TIMEOUT,
            max_connections: MAX_CONNECTIONS,
            options: Options {
                timeout: Some(TIMEOUT),
                is_timeout_of_calls: false,
                retries: RetryPolicy::default(),
                max_response_bytes: MAX_RESPONSE_BYTES,
                idle_timeout: Some(IDLE_TIMEOUT),
            },
            plain_http: false,
            proxies: true,
            hooks: Vec::new(),
            transport: None,
            timer: Arc::new(TokioTimer),
        };
        let headers = C::INFO.headers.iter();
        let builder = headers.fold(builder, |builder, (name, value)| builder.header(name, value));
        let hosts = C::INFO.hosts.iter();
        hosts.fold(builder, |builder, (name, url, auth)| {
            builder.set_host((*name).to_owned(), (*url).to_owned(), *auth)
        })
    }

    /// Sets the URL that every path is appended to. A path in it is kept as a prefix.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Sends a header with every call. One of the same name, declared or set before, is replaced.
    ///
    /// For a key in a header, use [`secret_header`](Self::secret_header).
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        match (HeaderName::from_bytes(name.as_ref().as_bytes()), HeaderValue::from_str(value.as_ref())) {
            (Ok(name), Ok(mut value)) => {
                // They are credentials, whoever says so, and are not sent where none belong.
                value.set_sensitive([AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(&name));
                self.headers.push((name, value));
            }
            _ => self.wrong_header = self.wrong_header.or_else(|| Some(name.as_ref().to_owned())),
        }
        self
    }

    /// Sets the `User-Agent`, of the form `name/version`. Default: name and version of the crate that declares the
    /// client.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sets how long connecting may take, TLS included. Default 5 s.
    ///
    /// Tokio's clock measures it, whatever [`timer`](Self::timer) says. A custom HTTP client or transport has its own
    /// timeout.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets how long a call may take, with all its attempts and the waits between them. Default 30 s.
    ///
    /// An endpoint can declare a timeout of its own. [`CallOptions`](crate::CallOptions) and [`Client::with_timeout`] set
    /// it for single calls.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Sets how long the next piece of a body may take that is read piece by piece: of [`Bytes`](crate::Bytes),
    /// [`Text`](crate::Text) and every stream. For these, the timeout of the call ends with the headers of the response.
    /// Default 60 s.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.options.idle_timeout = Some(timeout);
        self
    }

    /// Sets when a call is retried. Default: up to 3 attempts, see [`RetryPolicy`].
    pub fn retries(mut self, retries: RetryPolicy) -> Self {
        self.options.retries = retries;
        self
    }

    /// Sets how many bytes a success may have, unpacked, counted while it is read. Default 4 MiB.
    ///
    /// Of any other response up to 64 KiB are read, whatever this says.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.options.max_response_bytes = bytes;
        self
    }

    /// Sets how many calls may be made at the same time, each on a connection of its own. Default 256.
    ///
    /// A further call waits for its turn, in order, within its timeout. A custom HTTP client or transport decides for
    /// itself. 0 counts as 1.
    ///
    /// With the feature `http2`, calls to a server that speaks HTTP/2 share a connection. From its first response on, the
    /// server says how many it takes at a time, and this does not count.
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.max_connections = connections;
        self
    }

    /// Allows `http://` to any host. The credentials and every secret then cross the network unencrypted.
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Ignores the proxies that the environment names (`HTTPS_PROXY` and its kin).
    pub fn no_proxy(mut self) -> Self {
        self.proxies = false;
        self
    }

    /// Sends through a custom HTTP client, whose own timeouts, proxies and TLS then count.
    ///
    /// Build it with `redirect::Policy::none()`. One that follows redirects cannot send a request's body again, nor the
    /// credentials to another host. But it calls the other host, with the headers that the endpoint itself declares
    /// and, unless `referer(false)` is set, with the query. That is noticed afterwards and becomes an error, unless the
    /// redirect leads back to the URL of the request.
    ///
    /// With TLS by `ring` (the default), reqwest has no cryptography of its own, and `reqwest::Client::new()` panics
    /// in a program that installs none: turn on reqwest's feature `rustls`, or call
    /// `rustls::crypto::ring::default_provider().install_default()` at start-up.
    ///
    /// For a base URL on loopback build it with `no_proxy()`, and write `127.0.0.1`: only the built-in HTTP client
    /// keeps plain `http` to `localhost` from name servers and proxies.
    ///
    /// A connection stops when the Tokio runtime stops that opened it: use such a client from one runtime only.
    #[cfg(feature = "reqwest")]
    pub fn http_client(self, http: reqwest::Client) -> Self {
        self.transport(http)
    }

    /// Sends through a custom transport; a closure is one, see [`Transport`].
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Adds a hook, which sees every attempt of every call: see [`Hook`].
    ///
    /// Of several, the one that is added first sees the request first and the response last.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.hooks.push(Box::new(hook));
        self
    }

    /// Takes time from a custom clock; needed where a [`Transport`] runs without Tokio.
    pub fn timer(mut self, timer: impl Timer) -> Self {
        self.timer = Arc::new(timer);
        self
    }

    pub(super) fn build_client(mut self) -> Result<(Client, C::State), Error> {
        if let Some(name) = self.wrong_header {
            return Err(Error::config(format!(
                "the header `{}` cannot be sent: its name or its value has characters that HTTP does not allow",
                name.escape_debug()
            )));
        }
        let credentials = self.credentials.checked()?;
        let query = self.query.checked()?;
        if let Some(error) = self.wrong_auth {
            return Err(error);
        }
        let Some(text) = self.base_url else {
            return Err(Error::config("the client has no base URL: call `base_url` on the builder"));
        };
        let base = base_url::parse(&text, self.plain_http)?;
        let user_agent = self.user_agent.as_deref().unwrap_or(C::INFO.user_agent);
        let user_agent = HeaderValue::from_str(user_agent).map_err(|_| {
            Error::config("the user agent has control characters in it: write `name/version`")
        })?;
        let keys = self.headers.iter().filter(|(_, value)| value.is_sensitive());
        let keys =
            keys.filter_map(|(_, value)| value.to_str().ok()).map(|key| Zeroizing::new(key.to_owned()));
        let mut secrets: Vec<_> = keys.collect();
        secrets.extend(credentials.secrets().iter().chain(query.secrets()).cloned());
        let is_built_in = self.transport.is_none();
        let transport = match self.transport {
            Some(transport) => transport,
            None => built_in(&base, self.connect_timeout, self.proxies)?,
        };
        // The HTTP client would write it anew for every call. A hook may lead a request to another host.
        let host = (is_built_in && self.hooks.is_empty()).then(|| base_url::host(&base)).flatten();
        let permits = self.max_connections.clamp(1, Semaphore::MAX_PERMITS);
        let core = Core {
            main: Host::new(base),
            hosts: hosts(&mut self.hosts, self.plain_http)?,
            plain_http: self.plain_http,
            secrets: Redactor::new(secrets),
            headers: common_headers(host, user_agent, &credentials, self.headers),
            query: Zeroizing::new(query.query_pairs().to_owned()),
            provider: self.provider,
            named_auth: self.named_auth,
            hooks: self.hooks,
            transport,
            connections: is_built_in.then(|| Arc::new(Semaphore::new(permits))),
            timer: self.timer,
            errors: C::INFO.errors,
            defaults: C::INFO.defaults,
            budget: Budget::new(),
        };
        Ok((Client { core: Arc::new(core), options: self.options, mode: Async }, self.state))
    }
}

/// The further hosts of a client.
fn hosts(declared: &mut Vec<(String, String, bool)>, plain_http: bool) -> Result<Vec<NamedHost>, Error> {
    let hosts = declared.drain(..).map(|(name, url, auth)| {
        let base =
            base_url::parse(&url, plain_http).map_err(|error| error.about(&format!("the host `{name}`")))?;
        Ok(NamedHost { name, host: Host::new(base), auth })
    });
    hosts.collect()
}

#[cfg(feature = "reqwest")]
fn built_in(base: &Url, connect_timeout: Duration, proxies: bool) -> Result<Arc<dyn Transport>, Error> {
    use crate::transport::reqwest::BuiltIn;

    Ok(Arc::new(BuiltIn::new(base, connect_timeout, proxies)?))
}

#[cfg(not(feature = "reqwest"))]
fn built_in(_: &Url, _: Duration, _: bool) -> Result<Arc<dyn Transport>, Error> {
    Err(Error::config("this build has no HTTP client: set a transport, or enable the feature `reqwest`"))
}

impl<C: ApiClient> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("base_url", &self.base_url.as_ref().map(|_| "…"))
            .field("credentials", &self.credentials)
            .field("options", &self.options)
            .finish_non_exhaustive()
    }
}
