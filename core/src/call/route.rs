//! The URL and the credentials of a call.

use http::HeaderMap;
use http::header::{ACCEPT, CONTENT_TYPE, HOST, USER_AGENT};
use url::{Url, form_urlencoded};

use super::core::Core;
use super::host::Host;
use crate::auth::{Granted, Renewed};
use crate::endpoint::Request;
use crate::info::Auth;
use crate::transport::{OwnPart, base_url};
use crate::{Error, ErrorKind};

/// The URL and the credentials of a call, which are the same for all its attempts.
pub(crate) struct Route<'c> {
    target: Target<'c>,
    keys: Keys<'c>,
    /// The URL of a page on the same server. It replaces the path of the request.
    page: Option<Url>,
}

enum Target<'c> {
    /// The host of the base URL. Its `Host` header is one of the client's headers.
    Main(&'c Host),
    Named(&'c Host),
    /// The endpoint provides the whole URL.
    Absolute(Url),
}

/// The credentials of a call.
#[derive(Clone, Copy)]
enum Keys<'c> {
    /// The credentials of the client: in its headers, in its query, and from its provider.
    Own,
    None,
    Named(&'c Renewed),
}

impl<'c> Route<'c> {
    /// Returns the route of a request.
    pub(super) fn of(core: &'c Core, request: &Request) -> Result<Self, Error> {
        let info = request.info;
        if info.is_absolute() {
            let url = base_url::parse_absolute(&request.path, core.plain_http)?;
            let route = Self { target: Target::Absolute(url), keys: Keys::None, page: None };
            return route.leading_to_page(core, request);
        }
        let (target, is_trusted) = match info.host() {
            None => (Target::Main(&core.main), true),
            Some(name) => {
                let named = core.hosts.iter().find(|host| host.name == name).ok_or_else(|| no_host(name))?;
                (Target::Named(&named.host), named.auth)
            }
        };
        let keys = match info.auth() {
            Some(Auth::Named(name)) if !is_trusted => {
                return Err(no_auth_for(info.host().unwrap_or_default(), name));
            }
            Some(Auth::Named(name)) => {
                let mut named = core.named_auth.iter();
                Keys::Named(
                    named
                        .find_map(|(other, auth)| (other == name).then_some(auth))
                        .ok_or_else(|| no_auth(name))?,
                )
            }
            None if is_trusted => Keys::Own,
            Some(Auth::None) | None => Keys::None,
        };
        Self { target, keys, page: None }.leading_to_page(core, request)
    }

    /// Returns the route to a page whose URL comes from a response. Another server gets neither the credentials nor the
    /// values of fields.
    fn leading_to_page(self, core: &Core, request: &Request) -> Result<Self, Error> {
        let Some(url) = request.settings.as_ref().and_then(|settings| settings.url.as_ref()) else {
            return Ok(self);
        };
        let url = base_url::parse_absolute(url.as_str(), core.plain_http)?;
        if url.origin() == self.base().origin() {
            return Ok(Self { page: Some(url), ..self });
        }
        let is_sensitive = request.headers.iter().any(|(_, value)| value.is_sensitive());
        if request.has_body() || is_sensitive {
            return Err(Error::new(
                ErrorKind::Request,
                format!(
                    "the next page is on another server, {}: the headers and the body of this request are not sent \
                     there",
                    url.origin().ascii_serialization()
                ),
            ));
        }
        Ok(Self { target: Target::Absolute(url), keys: Keys::None, page: None })
    }

    /// Returns a URL of the host.
    pub(crate) fn base(&self) -> &Url {
        match &self.target {
            Target::Main(host) | Target::Named(host) => &host.base,
            Target::Absolute(url) => url,
        }
    }

    /// Returns the host, unless the endpoint has the whole URL.
    pub(super) fn host(&self) -> Option<&Host> {
        match &self.target {
            Target::Main(host) | Target::Named(host) => Some(host),
            Target::Absolute(_) => None,
        }
    }

    /// Returns the scheme, host and port.
    pub(crate) fn origin(&self) -> String {
        self.base().origin().ascii_serialization()
    }

    /// Returns the provider of the credentials, if there is one.
    pub(super) fn provider(&self, core: &'c Core) -> Option<&'c Renewed> {
        match self.keys {
            Keys::Own => core.provider.as_ref(),
            Keys::None => None,
            Keys::Named(provider) => Some(provider),
        }
    }

    /// Returns the URL of the request without credentials.
    pub(super) fn bare_url(&self, request: &Request) -> Url {
        if let Some(page) = &self.page {
            return page.clone();
        }
        match &self.target {
            Target::Main(host) | Target::Named(host) => host.url(request),
            Target::Absolute(url) => url.clone(),
        }
    }

    /// Returns the URL of the request, including credentials that belong in the query, and the range of it that comes
    /// from the endpoint.
    pub(super) fn url(&self, core: &Core, request: &Request, granted: Option<&Granted>) -> (Url, OwnPart) {
        let mut url = self.bare_url(request);
        let own_pairs = if let Keys::Own = self.keys { core.query.as_str() } else { "" };
        let pairs = [own_pairs, granted.map_or("", |granted| granted.credentials.query_pairs())];
        if self.page.is_some() {
            // Many servers make this URL from that of the request. Some reject credentials that are sent twice.
            for pairs in pairs {
                remove_query(&mut url, pairs);
            }
        }
        let path_start = match &self.target {
            Target::Main(host) | Target::Named(host) => host.prefix_of(&url),
            Target::Absolute(_) => 0,
        };
        let own = OwnPart { path_start, query_end: url.query().map_or(0, str::len) };
        for pairs in pairs {
            add_query(&mut url, pairs);
        }
        (url, own)
    }

    /// Returns the headers that the client adds to every request on this route.
    pub(super) fn headers(&self, core: &Core, granted: Option<&Granted>) -> HeaderMap {
        let mut headers = match (&self.target, self.keys) {
            // Copying the whole map is cheaper than inserting each header.
            (Target::Main(_), Keys::Own) => core.headers.clone(),
            // This may be anyone's server, so it gets only the necessary headers.
            (Target::Absolute(_), _) => {
                let kept = [USER_AGENT, ACCEPT, CONTENT_TYPE].into_iter();
                kept.filter_map(|name| core.headers.get(&name).cloned().map(|value| (name, value))).collect()
            }
            (target, keys) => {
                let is_kept = |name: &http::HeaderName, value: &http::HeaderValue| {
                    (matches!(keys, Keys::Own) || !value.is_sensitive())
                        && (matches!(target, Target::Main(_)) || name != HOST)
                };
                let kept = core.headers.iter().filter(|(name, value)| is_kept(name, value));
                kept.map(|(name, value)| (name.clone(), value.clone())).collect()
            }
        };
        if let Some(granted) = granted {
            granted.credentials.write_headers(&mut headers);
        }
        headers
    }
}

fn add_query(url: &mut Url, pairs: &str) {
    if !pairs.is_empty() {
        let query = url.query().filter(|query| !query.is_empty()).map(|query| format!("{query}&{pairs}"));
        url.set_query(Some(query.as_deref().unwrap_or(pairs)));
    }
}

/// Removes the pairs that have the same names.
fn remove_query(url: &mut Url, pairs: &str) {
    let name = |pair: &str| form_urlencoded::parse(pair.as_bytes()).next().map(|(name, _)| name.into_owned());
    let names: Vec<String> = pairs.split('&').filter_map(name).collect();
    let is_other = |pair: &&str| name(pair).is_none_or(|name| !names.contains(&name));
    let Some(query) = url.query().filter(|query| !query.split('&').all(|pair| is_other(&pair))) else {
        return;
    };
    let others: Vec<&str> = query.split('&').filter(is_other).collect();
    let others = (!others.is_empty()).then(|| others.join("&"));
    url.set_query(others.as_deref());
}

fn no_host(name: &str) -> Error {
    Error::config(format!(
        "the client has no host `{name}`: declare it on the client with `host(\"{name}\" = \"https://…\")`, or call \
         `.host(\"{name}\", \"https://…\")` on the builder"
    ))
}

fn no_auth(name: &str) -> Error {
    Error::config(format!(
        "the client has no credentials `{name}`: call `.named_auth(\"{name}\", …)` on the builder"
    ))
}

fn no_auth_for(host: &str, name: &str) -> Error {
    Error::config(format!(
        "the host `{host}` gets no credentials, so `auth = \"{name}\"` cannot be used: declare the host with \
         `host(\"{host}\" = \"https://…\", auth)`, or call `.host_with_auth(\"{host}\", \"https://…\")`"
    ))
}
