//! The built-in transport: reqwest, with a separate connection pool for each Tokio runtime.

mod outgoing;
mod reasons;

use std::future::Future;
use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use http::Response;
use reqwest::redirect::Policy;
use tokio::runtime::{Handle, Id};
use url::Url;

use self::outgoing::Outgoing;
pub(super) use self::reasons::broken_body;
use self::reasons::{Circumstances, broken, followed};
use super::tls::Tls;
use super::{
    Body, CONNECT_TIMEOUT, PreparedRequest, Stage, Transport, TransportError, TransportFuture, base_url,
};
use crate::Error;

/// Shorter than the idle timeout of most load balancers, so that they do not close a connection just before it is used.
const POOL_IDLE: Duration = Duration::from_secs(30);

/// How long a shared connection may be silent before it is pinged, and how long the response may take. Without this,
/// every later call would wait for a dead connection.
#[cfg(feature = "http2")]
const PING: (Duration, Duration) = (Duration::from_secs(10), Duration::from_secs(5));

/// The maximum number of runtimes that can use one client at the same time, and of different routes besides that of the
/// base URL.
const MAX_POOLS: usize = 8;

/// Returns the default HTTP client, for a custom transport that passes requests on to it.
///
/// It is configured for the host of the URL, but can send requests to other hosts too.
///
/// # Errors
///
/// The base URL is not a valid URL, or TLS cannot be set up.
pub fn built_in_transport(base_url: &str) -> Result<impl Transport + use<>, Error> {
    BuiltIn::new(&base_url::parse_absolute(base_url, true)?, CONNECT_TIMEOUT, true)
}

/// The user's reqwest client, with its own timeouts, proxies and TLS settings.
impl Transport for reqwest::Client {
    fn send(&self, request: PreparedRequest) -> TransportFuture {
        let circumstances = Circumstances { connect_timeout: None, proxy: None, is_custom: true };
        Box::pin(execute(self, request, circumstances))
    }

    fn needs_tokio(&self) -> bool {
        true
    }
}

/// The default HTTP client.
///
/// Each connection is driven by the runtime on which it was opened. If that runtime is not running, a call on the
/// connection would wait until its timeout. So each runtime has separate connections.
pub(crate) struct BuiltIn {
    /// The pools for the base URL, and for all URLs that are reached in the same way.
    main: Pools,
    /// The pools for other URLs, which are created when they are first needed.
    others: RwLock<Vec<Arc<Pools>>>,
}

/// The connections to all URLs that are reached in the same way.
struct Pools {
    settings: Settings,
    of_runtimes: RwLock<Vec<Pool>>,
}

/// The connections of a runtime; `None` until a runtime uses them.
type Pool = (Option<Id>, reqwest::Client);

/// The settings of the HTTP client.
struct Settings {
    way: Way,
    connect_timeout: Duration,
    /// Whether the proxies of the environment are used.
    proxies: bool,
    /// The environment variable that sets a proxy, if there is one. It is read once instead of in every call.
    proxy: Option<&'static str>,
    tls: Tls,
}

/// How a URL is reached.
#[derive(PartialEq, Eq)]
struct Way {
    tls: bool,
    /// Whether the host is this machine, for which no proxy is used.
    loopback: bool,
    /// The host name of the URL, if it is a name for this machine.
    loopback_name: Option<String>,
}

impl Way {
    fn to(url: &Url) -> Self {
        Self {
            tls: url.scheme() == "https",
            loopback: base_url::is_loopback(url),
            loopback_name: base_url::loopback_name(url).map(str::to_owned),
        }
    }

    /// Returns whether a URL is reached in this way. It must be cheap, because every call uses it.
    fn leads_to(&self, url: &Url) -> bool {
        self.tls == (url.scheme() == "https")
            && self.loopback_name.as_deref() == base_url::loopback_name(url)
            && self.loopback == base_url::is_loopback(url)
    }

    /// Returns the environment variable that sets a proxy for the URL, if there is one.
    fn proxy_variable(&self) -> Option<&'static str> {
        let names: &[&str] = if self.tls {
            &["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
        } else {
            &["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]
        };
        names.iter().copied().find(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
    }
}

/// Returns whether an environment variable contains a URL with `https`.
fn names_https(variable: &'static str) -> bool {
    let url = std::env::var(variable).unwrap_or_default();
    url.get(..8).is_some_and(|start| start.eq_ignore_ascii_case("https://"))
}

impl BuiltIn {
    pub(crate) fn new(base: &Url, connect_timeout: Duration, proxies: bool) -> Result<Self, Error> {
        let main = Pools::new(Way::to(base), connect_timeout, proxies)?;
        Ok(Self { main, others: RwLock::default() })
    }

    /// Returns the HTTP client of a runtime for a URL, and the data for its errors.
    fn client(&self, url: &Url, runtime: Id) -> Result<(reqwest::Client, Circumstances), Error> {
        let main = &self.main;
        if main.settings.way.leads_to(url) {
            return main.client(runtime);
        }
        let find =
            |others: &[Arc<Pools>]| others.iter().find(|pools| pools.settings.way.leads_to(url)).cloned();
        let known = find(&self.others.read().unwrap_or_else(PoisonError::into_inner));
        if let Some(pools) = known {
            return pools.client(runtime);
        }
        let mut others = self.others.write().unwrap_or_else(PoisonError::into_inner);
        let pools = if let Some(pools) = find(&others) {
            pools
        } else {
            let Settings { connect_timeout, proxies, .. } = main.settings;
            let pools = Arc::new(Pools::new(Way::to(url), connect_timeout, proxies)?);
            if others.len() == MAX_POOLS {
                others.remove(0);
            }
            others.push(Arc::clone(&pools));
            pools
        };
        drop(others);
        pools.client(runtime)
    }
}

impl Pools {
    fn new(way: Way, connect_timeout: Duration, proxies: bool) -> Result<Self, Error> {
        let proxy = (proxies && !way.loopback).then(|| way.proxy_variable()).flatten();
        // The connection to the proxy may use TLS even if the one to the server does not.
        let tls = Tls::new(way.tls || proxy.is_some_and(names_https))?;
        let settings = Settings { way, connect_timeout, proxies, proxy, tls };
        let runtime = Handle::try_current().ok().map(|runtime| runtime.id());
        let of_runtimes = RwLock::new(vec![(runtime, settings.build()?)]);
        Ok(Self { settings, of_runtimes })
    }

    fn client(&self, runtime: Id) -> Result<(reqwest::Client, Circumstances), Error> {
        let circumstances = Circumstances {
            connect_timeout: Some(self.settings.connect_timeout),
            proxy: self.settings.proxy,
            is_custom: false,
        };
        self.of_runtime(runtime).map(|client| (client, circumstances))
    }

    /// Returns the HTTP client of a runtime.
    fn of_runtime(&self, runtime: Id) -> Result<reqwest::Client, Error> {
        let pools = self.of_runtimes.read().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) = pools.iter().find(|(id, _)| *id == Some(runtime)) {
            return Ok(client.clone());
        }
        drop(pools);
        let mut pools = self.of_runtimes.write().unwrap_or_else(PoisonError::into_inner);
        if let Some(unused) = pools.iter_mut().find(|(id, _)| id.is_none_or(|id| id == runtime)) {
            unused.0 = Some(runtime);
            return Ok(unused.1.clone());
        }
        let client = self.settings.build()?;
        if pools.len() == MAX_POOLS {
            pools.remove(0);
        }
        pools.push((Some(runtime), client.clone()));
        Ok(client)
    }
}

impl Transport for BuiltIn {
    fn send(&self, request: PreparedRequest) -> TransportFuture {
        let client = current_runtime()
            .and_then(|runtime| self.client(&request.url, runtime).map_err(TransportError::rejected));
        match client {
            Ok((client, circumstances)) => Box::pin(execute(&client, request, circumstances)),
            Err(error) => Box::pin(std::future::ready(Err(error))),
        }
    }

    fn needs_tokio(&self) -> bool {
        true
    }
}

impl Settings {
    fn build(&self) -> Result<reqwest::Client, Error> {
        let mut http = reqwest::Client::builder()
            .redirect(Policy::none())
            // All retries are decided in `retry.rs`.
            .retry(reqwest::retry::never())
            .connect_timeout(self.connect_timeout)
            .pool_idle_timeout(POOL_IDLE)
            .tcp_nodelay(true);
        #[cfg(feature = "http2")]
        {
            http = http.http2_keep_alive_interval(PING.0).http2_keep_alive_timeout(PING.1);
        }
        if !self.uses_proxies() {
            http = http.no_proxy();
        }
        // Plain http to such a name is allowed because the name stands for this machine. So it is not resolved: some
        // resolvers pass `api.localhost` on to a name server, which could return any address. The port comes from the
        // URL.
        if let Some(name) = &self.way.loopback_name {
            let addresses: [SocketAddr; 2] =
                [(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()];
            http = http.resolve_to_addrs(name, &addresses);
        }
        self.tls.apply(http).build().map_err(|error| {
            Error::config("the HTTP client cannot be set up: check the system's certificates")
                .with_source(error)
        })
    }

    fn uses_proxies(&self) -> bool {
        self.proxies && !self.way.loopback
    }
}

/// Returns the current runtime, without which an HTTP client would panic. A call checks it first, but a transport that
/// passes requests on may not say that it needs one.
fn current_runtime() -> Result<Id, TransportError> {
    let runtime = Handle::try_current().map(|runtime| runtime.id());
    runtime.map_err(|error| {
        TransportError::rejected(error).with_message(
            "the HTTP client needs a Tokio runtime: return `true` from `needs_tokio` of the transport that uses it",
        )
    })
}

/// Starts the request before the future is polled, so that the future contains the request only once.
fn execute(
    http: &reqwest::Client,
    request: PreparedRequest,
    circumstances: Circumstances,
) -> impl Future<Output = Result<Response<Body>, TransportError>> + Send + use<> {
    let PreparedRequest { method, url, headers, body, progress, .. } = request;
    let sent_to = circumstances.is_custom.then(|| url.clone());
    let mut prepared = reqwest::Request::new(method, url);
    *prepared.headers_mut() = headers;
    *prepared.body_mut() = Some(reqwest::Body::wrap(Outgoing::new(body, progress.clone())));
    let sent = http.execute(prepared);
    async move {
        // Checked here, because a transport may run this future on another thread.
        current_runtime()?;
        let mut response = sent.await.map_err(|error| broken(error, &progress, &circumstances))?;
        if sent_to.is_some_and(|sent_to| sent_to != *response.url()) {
            return Err(followed());
        }
        progress.reach(Stage::Reading);
        let mut arrived = Response::new(Body::empty());
        *arrived.status_mut() = response.status();
        *arrived.version_mut() = response.version();
        *arrived.headers_mut() = std::mem::take(response.headers_mut());
        *arrived.body_mut() = Body::of_response(response);
        Ok(arrived)
    }
}
