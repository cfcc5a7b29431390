//! Protection from web pages of other sites.
//!
//! A browser on this machine can reach the emulator, and so can every page that it shows. Three checks keep pages out:
//!
//! - `Host`, on the emulator's own paths. A page can give its own host name the address 127.0.0.1 (DNS rebinding) and
//!   then read every response. It cannot change the name that the browser sends in `Host`.
//! - `Origin`, on all paths. A page can send a simple POST to any address without asking first. The browser adds the
//!   page's origin, or `null`.
//! - `Sec-Fetch-Site`, on the emulator's own paths. A page can make the browser load any address as a script, a picture
//!   or a frame. Such a GET has no `Origin`, but current browsers say that it comes from another site. A link to the
//!   emulator's page is accepted.
//!
//! `Host` is not checked on the paths of the API, because clients in containers use names that the emulator does not
//! know. A page would need the credentials, but the default ones are public. Even with them, it could not change
//! anything: a change needs a POST, to which the browser adds the page's origin. A GET returns public keys, or
//! sessions without their tokens.

use std::net::IpAddr;

use hyper::{
    Version,
    header::{HOST, HeaderValue, ORIGIN},
    http::{request::Parts, uri::Authority},
};

use crate::{
    api_error::{ApiError, FOREIGN_HOST, FOREIGN_ORIGIN},
    route::{OAUTH_PAGES, SSO_PAGES, is_control},
};

/// The host names and addresses under which the emulator's own paths can be used.
pub(super) struct AllowedHosts {
    /// As given when the emulator was started.
    name: String,
    bound: IpAddr,
}

impl AllowedHosts {
    pub(super) fn new(name: &str, bound: IpAddr) -> Self {
        Self { name: name.to_ascii_lowercase(), bound }
    }

    /// # Errors
    ///
    /// `foreign_host` and `foreign_origin` for requests that a page of another site may have sent.
    pub(super) fn check(&self, request: &Parts) -> Result<(), ApiError> {
        let hosts: Vec<&HeaderValue> = request.headers.get_all(HOST).iter().collect();
        // The absolute form of a request line contains a host, which replaces the header.
        let in_target = request.uri.authority().map(Authority::as_str);
        let path = request.uri.path();
        // The login page of the built-in OAuth provider names the users, too.
        if is_control(path) || [OAUTH_PAGES, SSO_PAGES].iter().any(|pages| path.starts_with(pages)) {
            let mut names = hosts.iter().map(|host| host.to_str().ok()).chain(in_target.map(Some));
            // No browser speaks HTTP/1.0, the only version that has no `Host`.
            let is_known = hosts.len() == 1 || (hosts.is_empty() && request.version == Version::HTTP_10);
            if !is_known || !names.all(|name| name.is_some_and(|name| self.allows(name))) {
                return Err(self.foreign_host(hosts.first().copied()));
            }
        }
        if is_control(request.uri.path()) && comes_from_another_site(request) {
            return Err((&FOREIGN_ORIGIN).into());
        }
        for origin in request.headers.get_all(ORIGIN) {
            let own = hosts.first().and_then(|host| host.to_str().ok()).filter(|host| self.allows(host));
            let page = origin.to_str().ok().and_then(|origin| origin.strip_prefix("http://"));
            if !page.zip(own).is_some_and(|(page, own)| page.eq_ignore_ascii_case(own)) {
                let message = format!("{} This one is from {}.", FOREIGN_ORIGIN.message, shown(origin));
                return Err(ApiError::new(&FOREIGN_ORIGIN, message));
            }
        }
        Ok(())
    }

    /// Whether a host, with or without a port, is this emulator.
    fn allows(&self, authority: &str) -> bool {
        let Ok(authority) = authority.parse::<Authority>() else { return false };
        if authority.as_str().contains('@') {
            return false;
        }
        let host = authority.host().trim_start_matches('[').trim_end_matches(']');
        if let Ok(address) = host.parse::<IpAddr>() {
            // Only names can be rebound. An emulator that listens on all addresses is reachable under each of them.
            let address = address.to_canonical();
            return address.is_loopback()
                || address == self.bound.to_canonical()
                || self.bound.is_unspecified();
        }
        let name = host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase();
        name == "localhost" || name.ends_with(".localhost") || name == self.name
    }

    fn foreign_host(&self, host: Option<&HeaderValue>) -> ApiError {
        let found = host.map_or_else(|| "no `Host` header".to_owned(), shown);
        let name = &self.name;
        let message = format!(
            "Its own paths accept requests to localhost, to loopback addresses and to `{name}`, not to {found}. \
             To use another name, start the emulator with `--host NAME`."
        );
        ApiError::new(&FOREIGN_HOST, message)
    }
}

/// Whether a browser says that another site makes it send this, and not by a link to the page.
fn comes_from_another_site(request: &Parts) -> bool {
    let is = |name, known: &[&str]| {
        let mut values = request.headers.get_all(name).iter();
        values.all(|value| known.iter().any(|known| value == known))
    };
    let is_link = request.uri.path() == "/"
        && request.headers.contains_key("sec-fetch-mode")
        && is("sec-fetch-mode", &["navigate"])
        && is("sec-fetch-dest", &["document"]);
    !is("sec-fetch-site", &["same-origin", "none"]) && !is_link
}

/// The beginning of a header, for a message.
fn shown(value: &HeaderValue) -> String {
    let text = String::from_utf8_lossy(value.as_bytes());
    format!("`{}`", text.chars().take(64).collect::<String>())
}

#[cfg(test)]
mod tests {
    use std::net::Ipv4Addr;

    use hyper::Request;

    use super::*;

    const CONTROL: &str = "/_emulator/reset";
    const API: &str = "/v1/passwords";

    fn loopback() -> AllowedHosts {
        AllowedHosts::new("127.0.0.1", Ipv4Addr::LOCALHOST.into())
    }

    fn check(hosts: &AllowedHosts, path: &str, headers: &[(&str, &str)]) -> Result<(), &'static str> {
        let mut request = Request::builder().uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let (parts, ()) = request.body(()).expect("a request").into_parts();
        hosts.check(&parts).map_err(|error| error.error_type.name)
    }

    #[test]
    fn control_paths_accept_loopback_only() {
        for own in [
            "localhost",
            "LOCALHOST:7898",
            "localhost.:1",
            "a.localhost:80",
            "127.0.0.1",
            "127.9.8.7:1",
            "[::1]:7898",
            "[::ffff:127.0.0.1]:1",
        ] {
            assert_eq!(check(&loopback(), CONTROL, &[("host", own)]), Ok(()), "{own}");
        }
        for foreign in [
            "example.com",
            "example.com:7898",
            "localhost.example.com",
            "127.0.0.1.example.com",
            "192.0.2.1:7898",
            "0.0.0.0:7898",
            "[::2]:1",
            "localhost@example.com",
            "notlocalhost",
            "",
            "a b",
            "[::1",
        ] {
            assert_eq!(check(&loopback(), CONTROL, &[("host", foreign)]), Err("foreign_host"), "{foreign}");
            assert_eq!(check(&loopback(), API, &[("host", foreign)]), Ok(()), "{foreign}");
        }
        assert_eq!(check(&loopback(), CONTROL, &[]), Err("foreign_host"));
        let two = [("host", "localhost"), ("host", "example.com")];
        assert_eq!(check(&loopback(), CONTROL, &two), Err("foreign_host"));
        let absolute = "http://example.com/_emulator/reset";
        assert_eq!(check(&loopback(), absolute, &[("host", "localhost")]), Err("foreign_host"));
        let absolute = "http://localhost/_emulator/reset";
        assert_eq!(check(&loopback(), absolute, &[("host", "localhost")]), Ok(()));
    }

    #[test]
    fn the_name_and_the_address_that_it_listens_on_are_accepted() {
        let named = AllowedHosts::new("Emulator", Ipv4Addr::new(192, 0, 2, 7).into());
        for own in ["emulator:7898", "EMULATOR", "192.0.2.7:7898", "localhost"] {
            assert_eq!(check(&named, CONTROL, &[("host", own)]), Ok(()), "{own}");
        }
        for foreign in ["192.0.2.8", "emulator.example.com"] {
            assert_eq!(check(&named, CONTROL, &[("host", foreign)]), Err("foreign_host"), "{foreign}");
        }
        let everywhere = AllowedHosts::new("0.0.0.0", Ipv4Addr::UNSPECIFIED.into());
        assert_eq!(check(&everywhere, CONTROL, &[("host", "192.0.2.8:1")]), Ok(()));
        assert_eq!(check(&everywhere, CONTROL, &[("host", "example.com")]), Err("foreign_host"));
    }

    #[test]
    fn other_sites_can_link_to_the_page_but_not_load_it() {
        let from = |path, site, mode, dest| {
            let headers = [
                ("host", "localhost"),
                ("sec-fetch-site", site),
                ("sec-fetch-mode", mode),
                ("sec-fetch-dest", dest),
            ];
            check(&loopback(), path, &headers)
        };
        for own in ["same-origin", "none"] {
            assert_eq!(from(CONTROL, own, "cors", "empty"), Ok(()), "{own}");
        }
        for foreign in ["cross-site", "same-site", "", "none, cross-site"] {
            for (mode, dest) in [("no-cors", "script"), ("no-cors", "image"), ("navigate", "document")] {
                assert_eq!(from(CONTROL, foreign, mode, dest), Err("foreign_origin"), "{foreign} {dest}");
                assert_eq!(from(API, foreign, mode, dest), Ok(()), "{foreign} {dest}");
            }
            assert_eq!(from("/", foreign, "navigate", "document"), Ok(()), "{foreign}");
            assert_eq!(from("/", foreign, "navigate", "iframe"), Err("foreign_origin"), "{foreign}");
            assert_eq!(from("/", foreign, "no-cors", "document"), Err("foreign_origin"), "{foreign}");
        }
        let without_mode = [("host", "localhost"), ("sec-fetch-site", "cross-site")];
        assert_eq!(check(&loopback(), "/", &without_mode), Err("foreign_origin"));
    }

    #[test]
    fn pages_of_other_origins_are_rejected_on_every_path() {
        for path in [CONTROL, API] {
            let from = |host, origin| check(&loopback(), path, &[("host", host), ("origin", origin)]);
            assert_eq!(from("localhost:7898", "http://localhost:7898"), Ok(()));
            for foreign in [
                "null",
                "",
                "http://localhost:3000",
                "https://localhost:7898",
                "http://127.0.0.1:7898",
                "http://example.com",
                "http://localhost:7898.example.com",
                "file://",
            ] {
                assert_eq!(from("localhost:7898", foreign), Err("foreign_origin"), "{foreign}");
            }
        }
        let rebound = [("host", "example.com:7898"), ("origin", "http://example.com:7898")];
        assert_eq!(check(&loopback(), API, &rebound), Err("foreign_origin"));
    }
}
