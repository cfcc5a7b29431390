//! The hosts of a client.

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering};

use http::Version;
use url::Url;

use super::url_cache::UrlCache;
use crate::endpoint::Request;

/// A host: the base URL to which paths are appended.
pub(crate) struct Host {
    pub(crate) base: Url,
    /// The path of the base URL without its trailing slash.
    prefix: String,
    urls: UrlCache,
    /// Whether its calls share a connection, by the version of the last response.
    is_shared: AtomicBool,
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
        Self {
            prefix: base.path().trim_end_matches('/').to_owned(),
            base,
            urls: UrlCache::default(),
            is_shared: AtomicBool::new(false),
        }
    }

    /// Returns the URL of a request.
    pub(crate) fn url(&self, request: &Request) -> Url {
        match request.path {
            // A URL without values is the same for every call.
            Cow::Borrowed(path) => self.urls.get_or_make(path, || self.make_url(path)),
            Cow::Owned(ref path) => self.make_url(path),
        }
    }

    /// Returns whether calls share a connection to the host.
    pub(super) fn is_shared(&self) -> bool {
        self.is_shared.load(Ordering::Relaxed)
    }

    /// Notes the version of a response.
    pub(super) fn note(&self, version: Version) {
        let is_shared = version >= Version::HTTP_2;
        if self.is_shared() != is_shared {
            self.is_shared.store(is_shared, Ordering::Relaxed);
        }
    }

    /// Returns the length of the base URL's path in a URL, in bytes: 0 if the URL is not below the base URL.
    pub(super) fn prefix_of(&self, url: &Url) -> usize {
        let rest = url.path().strip_prefix(&self.prefix);
        // The URL of a page may lead elsewhere: `/v10` is not below `/v1`.
        if rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')) { self.prefix.len() } else { 0 }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_whole_segments_are_the_path_of_the_base_url() {
        let prefix =
            |base: &str, url: &str| Host::new(Url::parse(base).unwrap()).prefix_of(&Url::parse(url).unwrap());
        assert_eq!(prefix("http://a.test/v1/", "http://a.test/v1/users"), 3);
        assert_eq!(prefix("http://a.test/v1", "http://a.test/v1"), 3);
        assert_eq!(prefix("http://a.test/v1", "http://a.test/v10/users"), 0);
        assert_eq!(prefix("http://a.test", "http://a.test/v10/users"), 0);
    }
}
