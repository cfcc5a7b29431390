//! A value that is the whole URL of a request.

use std::ops::Range;

use url::Url;

use super::parts::Parts;
use super::request::{SecretKind, SecretRange};

/// From this length on, a part of a URL may be what makes it valid, such as a signature.
const SIGNATURE: usize = 12;

impl Parts {
    /// Writes the URL in place of the path.
    ///
    /// Whether plain `http` is allowed is up to the client.
    pub(super) fn absolute(&mut self, name: &'static str, value: &str) {
        // The URL is not quoted: whoever has a presigned one has what it leads to.
        let Ok(mut url) = Url::parse(value) else {
            return self.reject(name, "it is no whole URL: write it with `https://` and a host");
        };
        if !matches!(url.scheme(), "https" | "http") {
            return self.reject(name, "it is a URL with another scheme than https");
        }
        if !url.username().is_empty() || url.password().is_some() {
            return self.reject(name, "it has a user name or a password in it, which would not be sent");
        }
        url.set_fragment(None);
        self.has_query = url.query().is_some();
        self.template = "";
        self.path = url.into();
        for range in signatures(&self.path) {
            self.secrets.push(SecretRange { kind: SecretKind::Query, range });
        }
    }
}

/// The parts of a URL, behind its host, that are long enough for a signature.
fn signatures(url: &str) -> Vec<Range<usize>> {
    let (mut start, mut ranges) = (0, Vec::new());
    let ends = url.match_indices(['/', '?', '&', '=']).map(|(at, _)| at).chain([url.len()]);
    // The scheme, the nothing between two slashes, and the host.
    for (number, end) in ends.enumerate() {
        if number > 2 && end - start >= SIGNATURE {
            ranges.push(start..end);
        }
        start = end + 1;
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signatures_are_long_and_behind_the_host() {
        let url = "https://storage.example.com/some-bucket/file?expires=3600&signature=0123456789abcdef";
        let found: Vec<&str> = signatures(url).into_iter().map(|range| &url[range]).collect();
        assert_eq!(found, ["0123456789abcdef"]);
        let url = "https://storage.example.com/upload/0123456789abcdef";
        let found: Vec<&str> = signatures(url).into_iter().map(|range| &url[range]).collect();
        assert_eq!(found, ["0123456789abcdef"]);
    }
}
