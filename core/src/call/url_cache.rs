//! Caches the URLs of endpoints whose path has no placeholders.

use std::sync::{PoisonError, RwLock};

use url::Url;

/// More endpoints than any API has. It limits the memory use if a program leaks paths to make them `'static`.
const MAX_URLS: usize = 256;

/// URLs by path. Building a URL costs more than the rest of a request, and copying one costs almost nothing.
#[derive(Debug, Default)]
pub(crate) struct UrlCache(RwLock<Vec<(&'static str, Url)>>);

impl UrlCache {
    pub(crate) fn get_or_make(&self, path: &'static str, make: impl FnOnce() -> Url) -> Url {
        if let Some(url) = self.get(path) {
            return url;
        }
        let url = make();
        let mut urls = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if urls.len() < MAX_URLS && !urls.iter().any(|(known, _)| known == &path) {
            urls.push((path, url.clone()));
        }
        url
    }

    fn get(&self, path: &'static str) -> Option<Url> {
        let urls = self.0.read().unwrap_or_else(PoisonError::into_inner);
        // The same declaration is the same string in memory, so most comparisons only compare an address.
        let found = urls.iter().find(|(known, _)| std::ptr::eq(*known, path) || known == &path);
        found.map(|(_, url)| url.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn makes_a_url_once() {
        let cache = UrlCache::default();
        let url: Url = "https://api.example.com/v1/a".parse().unwrap();
        assert_eq!(cache.get_or_make("/v1/a", || url.clone()), url);
        assert_eq!(cache.get_or_make("/v1/a", || unreachable!("it is known")), url);
    }

    #[test]
    fn stays_bounded() {
        let cache = UrlCache::default();
        for number in 0..MAX_URLS + 10 {
            let path: &'static str = Box::leak(format!("/{number}").into_boxed_str());
            cache.get_or_make(path, || "https://api.example.com".parse().unwrap());
        }
        assert_eq!(cache.0.read().unwrap().len(), MAX_URLS);
    }
}
