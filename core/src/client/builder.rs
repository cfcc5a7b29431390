//! Builds clients.

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
use crate::endpoint::header;
use crate::error::Redactor;
use crate::retry::{Budget, RetryPolicy};
use crate::secret::in_header;
use crate::transport::timer::{Timer, TokioTimer};
use crate::transport::{CONNECT_TIMEOUT, Hook, Transport, base_url};

/// Users rarely wait longer than this.
const TIMEOUT: Duration = Duration::from_secs(30);
/// Servers that keep a stream open usually send data at least twice a minute.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);
/// A list of a thousand ordinary objects is smaller than this.
const MAX_RESPONSE_BYTES: usize = 4 * 1024 * 1024;
/// Many systems allow 1024 open files per process, and a process also needs files for other purposes.
const MAX_CONNECTIONS: usize = 256;

/// Builds a client.
///
/// Defaults: 5 s for connecting, 30 s for a whole call including retries, responses of at most 4 MiB, at most 3
/// attempts if a retry is safe, at most 256 connections. Proxies are those of the environment, except for loopback
/// addresses.
#[must_use = "a builder does nothing until `.build()`"]
pub struct ClientBuilder<C: ApiClient = Client> {
    state: C::State,
    base_url: Option<String>,
    credentials: Credentials,
    /// Credentials in the query.
    query: Credentials,
    provider: Option<Renewed>,
    /// Additional credentials by name.
    named_auth: Vec<(String, Renewed)>,
    /// The error of the first of them that cannot be sent.
    wrong_auth: Option<Error>,
    /// Additional hosts: name, base URL, and whether they get credentials.
    hosts: Vec<(String, String, bool)>,
    user_agent: Option<String>,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// The name of the first header that cannot be sent, and the reason.
    wrong_header: Option<(String, &'static str)>,
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
    /// Creates a builder for a client type. `state` contains the fields of the client's struct; it is `()` for a struct
    /// without fields.
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

    /// Sets the base URL, to which every path is appended. If the base URL has a path, it becomes a prefix of every
    /// path.
    pub fn base_url(mut self, base_url: impl Into<String>) -> Self {
        self.base_url = Some(base_url.into());
        self
    }

    /// Sends a header with every call. It replaces a header of the same name that was declared or set before.
    ///
    /// For a key in a header, use [`secret_header`](Self::secret_header).
    pub fn header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        let name = name.as_ref();
        match header(name, value.as_ref()) {
            Ok((header, mut value)) => {
                // These headers always contain credentials, so they are not sent to hosts without credentials.
                value.set_sensitive([AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(&header));
                self.headers.push((header, value));
            }
            Err(reason) => {
                self.wrong_header.get_or_insert_with(|| (name.to_owned(), reason));
            }
        }
        self
    }

    /// Sets the `User-Agent` in the form `name/version`. Default: name and version of the crate that declares the
    /// client.
    pub fn user_agent(mut self, user_agent: impl Into<String>) -> Self {
        self.user_agent = Some(user_agent.into());
        self
    }

    /// Sets the timeout for connecting, including TLS. Default: 5 s.
    ///
    /// It is always measured with Tokio's clock and not with the [`timer`](Self::timer). A custom HTTP client or
    /// transport has its own timeout.
    pub fn connect_timeout(mut self, timeout: Duration) -> Self {
        self.connect_timeout = timeout;
        self
    }

    /// Sets the timeout of a call, including all attempts and the delays between them. Default: 30 s.
    ///
    /// An endpoint can declare another timeout. [`CallOptions`](crate::CallOptions) and [`Client::with_timeout`] set it
    /// for single calls.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// Sets the timeout for the next chunk of a body that is read in chunks: [`Bytes`](crate::Bytes),
    /// [`Text`](crate::Text) and every stream. For these response types, the timeout of the call ends when the headers
    /// of the response have arrived. Default: 60 s.
    pub fn idle_timeout(mut self, timeout: Duration) -> Self {
        self.options.idle_timeout = Some(timeout);
        self
    }

    /// Sets when a call is retried. Default: at most 3 attempts, see [`RetryPolicy`].
    pub fn retries(mut self, retries: RetryPolicy) -> Self {
        self.options.retries = retries;
        self
    }

    /// Sets the maximum size of the body of a success, in bytes after decompression. Default: 4 MiB.
    ///
    /// Of an error response, at most 64 KiB are read. This setting does not change that.
    pub fn max_response_bytes(mut self, bytes: usize) -> Self {
        self.options.max_response_bytes = bytes;
        self
    }

    /// Sets the maximum number of calls at the same time, each of which uses one connection. Default: 256.
    ///
    /// Further calls wait in order until a connection is free; the wait counts for their timeout. A custom HTTP client
    /// or transport has its own limit. 0 counts as 1.
    ///
    /// With the feature `http2`, calls to a server that supports HTTP/2 share a connection. After its first response,
    /// this limit no longer applies: the server limits the number of calls.
    pub fn max_connections(mut self, connections: usize) -> Self {
        self.max_connections = connections;
        self
    }

    /// Allows `http://` for any host. Credentials and all other secrets are then sent over the network unencrypted.
    pub fn allow_plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Ignores the proxies of the environment (`HTTPS_PROXY` and similar variables).
    pub fn no_proxy(mut self) -> Self {
        self.proxies = false;
        self
    }

    /// Uses a custom HTTP client. Its timeouts, proxies and TLS settings then apply.
    ///
    /// Build it with `redirect::Policy::none()`. An HTTP client that follows a redirect contacts the other host, with
    /// the headers that the endpoint declares. It also sends the query in the `referer` header, unless you set
    /// `referer(false)`. It cannot send the body of the request again, and it does not send the credentials to another
    /// host. The call returns an error after such a redirect, unless it leads to the URL of the request.
    ///
    /// With TLS by `ring` (the default), reqwest has no cryptography provider, and `reqwest::Client::new()` panics in a
    /// program that does not install one. Enable reqwest's feature `rustls`, or call
    /// `rustls::crypto::ring::default_provider().install_default()` at start-up.
    ///
    /// For a base URL on loopback, build the HTTP client with `no_proxy()`, and write `127.0.0.1` instead of
    /// `localhost`. Only the built-in HTTP client makes sure that plain `http` to `localhost` uses no name server and
    /// no proxy.
    ///
    /// A connection closes when the Tokio runtime that opened it stops, so use such a client from one runtime only.
    #[cfg(feature = "reqwest")]
    pub fn http_client(self, http: reqwest::Client) -> Self {
        self.transport(http)
    }

    /// Uses a custom transport. A closure is a transport, see [`Transport`].
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Adds a hook, which sees every attempt of every call: see [`Hook`].
    ///
    /// If there are several hooks, the first one that was added sees the request first and the response last.
    pub fn hook(mut self, hook: impl Hook) -> Self {
        self.hooks.push(Box::new(hook));
        self
    }

    /// Uses a custom clock. It is required if a [`Transport`] runs without Tokio.
    pub fn timer(mut self, timer: impl Timer) -> Self {
        self.timer = Arc::new(timer);
        self
    }

    pub(super) fn build_client(mut self) -> Result<(Client, C::State), Error> {
        if let Some((name, reason)) = self.wrong_header {
            let name = name.escape_debug();
            return Err(Error::config(format!("the header `{name}` cannot be sent: {reason}")));
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
        let mut secrets: Vec<_> = keys.flat_map(|(_, value)| in_header(value.as_bytes())).collect();
        secrets.extend(credentials.secrets().iter().chain(query.secrets()).cloned());
        let is_built_in = self.transport.is_none();
        let transport = match self.transport {
            Some(transport) => transport,
            None => built_in(&base, self.connect_timeout, self.proxies)?,
        };
        // Otherwise the HTTP client would build this header for every call. With hooks it is not set, because a hook
        // can send a request to another host.
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

/// Builds the additional hosts of a client.
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
