//! The hosts of a client.

use std::borrow::Cow;

use url::Url;

use super::url_cache::UrlCache;
use crate::endpoint::Request;

/// A host: the base URL to which paths are appended.
pub(crate) struct Host {
    pub(crate) base: Url,
    /// The path of the base URL without its trailing slash.
    prefix: String,
    urls: UrlCache,
}

/// A host that endpoints choose by name.
pub(crate) struct NamedHost {
    pub(crate) name: String,
    pub(crate) host: Host,
    /// Whether credentials are sent to the host.
    pub(crate) auth: bool,
}

impl Host {
    pub(crate) fn new(base: Url) -> Self {
        Self { prefix: base.path().trim_end_matches('/').to_owned(), base, urls: UrlCache::default() }
    }

    /// Returns the URL of a request.
    pub(crate) fn url(&self, request: &Request) -> Url {
        match request.path {
            // A URL without values is the same for every call.
            Cow::Borrowed(path) => self.urls.get_or_make(path, || self.make_url(path)),
            Cow::Owned(ref path) => self.make_url(path),
        }
    }

    /// Returns the length of the base URL's path in a URL, in bytes.
    pub(super) fn prefix_of(&self, url: &Url) -> usize {
        if url.path().starts_with(&self.prefix) { self.prefix.len() } else { 0 }
    }

    fn make_url(&self, path: &str) -> Url {
        let (path, query) = match path.split_once('?') {
            Some((path, query)) => (path, Some(query)),
            None => (path, None),
        };
        let mut url = self.base.clone();
        if self.prefix.is_empty() {
            url.set_path(path);
        } else {
            url.set_path(&format!("{}{path}", self.prefix));
        }
        if query.is_some() {
            url.set_query(query);
        }
        url
    }
}
