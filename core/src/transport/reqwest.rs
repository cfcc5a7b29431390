//! The built-in transport: reqwest, with a pool of connections per Tokio runtime.

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

/// Shorter than the idle timeout of the usual load balancers, so that they do not close what is about to be used.
const POOL_IDLE: Duration = Duration::from_secs(30);

/// How long a connection that calls share may be silent before it is asked for a sign of life, and how long that may
/// take. A dead one would hold up every call that is made later.
#[cfg(feature = "http2")]
const PING: (Duration, Duration) = (Duration::from_secs(10), Duration::from_secs(5));

/// How many runtimes can use one client at the same time, each with its own connections, and how many ways there are
/// beside that to the base URL.
const MAX_POOLS: usize = 8;

/// Returns the HTTP client that a client has by default, for a custom transport that passes requests on to it.
///
/// It is made for the host of the URL, and reaches others as well.
///
/// # Errors
///
/// The base URL is not a URL, or TLS cannot be set up.
pub fn built_in_transport(base_url: &str) -> Result<impl Transport + use<>, Error> {
    BuiltIn::new(&base_url::parse_absolute(base_url, true)?, CONNECT_TIMEOUT, true)
}

/// A reqwest client of the user's, with its own timeouts, proxies and TLS.
impl Transport for reqwest::Client {
    fn send(&self, request: PreparedRequest) -> TransportFuture {
        let circumstances = Circumstances { connect_timeout: None, proxy: None, is_custom: true };
        Box::pin(execute(self, request, circumstances))
    }

    fn needs_tokio(&self) -> bool {
        true
    }
}

/// The HTTP client that is used unless another one is given.
///
/// A connection is driven by the runtime on which it was opened. If that runtime is not running, a call on such a
/// connection would wait until its timeout: so each runtime has connections of its own.
pub(crate) struct BuiltIn {
    /// For the base URL, and what is reached in the same way.
    main: Pools,
    /// For what is reached in another way, made when it is first needed.
    others: RwLock<Vec<Arc<Pools>>>,
}

/// The connections to all that is reached in one way.
struct Pools {
    settings: Settings,
    of_runtimes: RwLock<Vec<Pool>>,
}

/// The connections of one runtime; `None` until a runtime uses them.
type Pool = (Option<Id>, reqwest::Client);

/// What an HTTP client is built from.
struct Settings {
    way: Way,
    connect_timeout: Duration,
    /// Whether the environment's proxies are used where the way allows it.
    proxies: bool,
    /// The environment variable that names a proxy, if one is used. Looked up once and not in every call.
    proxy: Option<&'static str>,
    tls: Tls,
}

/// How a URL is reached.
#[derive(PartialEq, Eq)]
struct Way {
    tls: bool,
    /// Whether it is this machine, to which no proxy leads.
    loopback: bool,
    /// The name that stands for this machine, if the URL has one.
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

    /// Whether a URL is reached like this. Cheap, since every call asks.
    fn leads_to(&self, url: &Url) -> bool {
        self.tls == (url.scheme() == "https")
            && self.loopback_name.as_deref() == base_url::loopback_name(url)
            && self.loopback == base_url::is_loopback(url)
    }

    /// The environment variable that names a proxy for such a URL, if there is one.
    fn proxy_variable(&self) -> Option<&'static str> {
        let names: &[&str] = if self.tls {
            &["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
        } else {
            &["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"]
        };
        names.iter().copied().find(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
    }
}

impl BuiltIn {
    pub(crate) fn new(base: &Url, connect_timeout: Duration, proxies: bool) -> Result<Self, Error> {
        let main = Pools::new(Way::to(base), connect_timeout, proxies)?;
        Ok(Self { main, others: RwLock::default() })
    }

    /// The HTTP client of the current runtime for a URL, and what its errors have to be seen against.
    fn client(&self, url: &Url) -> Result<(reqwest::Client, Circumstances), Error> {
        let main = &self.main;
        if main.settings.way.leads_to(url) {
            return main.client();
        }
        let find =
            |others: &[Arc<Pools>]| others.iter().find(|pools| pools.settings.way.leads_to(url)).cloned();
        let known = find(&self.others.read().unwrap_or_else(PoisonError::into_inner));
        if let Some(pools) = known {
            return pools.client();
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
        pools.client()
    }
}

impl Pools {
    fn new(way: Way, connect_timeout: Duration, proxies: bool) -> Result<Self, Error> {
        let tls = Tls::new(way.tls)?;
        let proxy = (proxies && !way.loopback).then(|| way.proxy_variable()).flatten();
        let settings = Settings { way, connect_timeout, proxies, proxy, tls };
        let runtime = Handle::try_current().ok().map(|runtime| runtime.id());
        let of_runtimes = RwLock::new(vec![(runtime, settings.build()?)]);
        Ok(Self { settings, of_runtimes })
    }

    fn client(&self) -> Result<(reqwest::Client, Circumstances), Error> {
        let circumstances = Circumstances {
            connect_timeout: Some(self.settings.connect_timeout),
            proxy: self.settings.proxy,
            is_custom: false,
        };
        self.of_runtime().map(|client| (client, circumstances))
    }

    /// The HTTP client of the current runtime.
    fn of_runtime(&self) -> Result<reqwest::Client, Error> {
        let runtime = Handle::current().id();
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
        match self.client(&request.url) {
            Ok((client, circumstances)) => Box::pin(execute(&client, request, circumstances)),
            Err(error) => Box::pin(std::future::ready(Err(TransportError::rejected(error)))),
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
            // Retries are decided in one location, `retry.rs`.
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
        // Plain http is allowed to such a name because it is this machine, so no resolver is asked: some pass
        // `api.localhost` on to a name server, which could return any address. The port is the URL's.
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

/// Begins before it is awaited, so that the future holds what is sent only once.
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
        let mut response = sent.await.map_err(|error| broken(error, progress.stage(), &circumstances))?;
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
