//! The HTTP client that is used where none is handed in.

use std::net::{Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use reqwest::Url;
use reqwest::redirect::Policy;

use super::base_url;
use crate::{Error, tls};

/// Shorter than the idle limit of the usual load balancers, so that they do not close what we are about to use.
const POOL_IDLE: Duration = Duration::from_secs(30);

pub(super) fn build(base: &Url, connect_timeout: Duration, proxies: bool) -> Result<reqwest::Client, Error> {
    let mut http = reqwest::Client::builder()
        .redirect(Policy::none())
        // Whether a call is repeated is decided in one place, `retry.rs`.
        .retry(reqwest::retry::never())
        .connect_timeout(connect_timeout)
        .pool_idle_timeout(POOL_IDLE)
        .tcp_nodelay(true);
    if !proxies || base_url::is_loopback(base) {
        http = http.no_proxy();
    }
    // Plain http is allowed to such a name because it is this machine, so nobody is asked what it is: some resolvers
    // pass `api.localhost` on to a name server, which could say anything. The port is the URL's.
    if let Some(name) = base_url::loopback_name(base) {
        let addresses: [SocketAddr; 2] = [(Ipv4Addr::LOCALHOST, 0).into(), (Ipv6Addr::LOCALHOST, 0).into()];
        http = http.resolve_to_addrs(name, &addresses);
    }
    let http = tls::configure(http, base.scheme() == "https")?;
    http.build().map_err(|error| {
        Error::config("the HTTP client cannot be set up: check the system's certificates").with_source(error)
    })
}
