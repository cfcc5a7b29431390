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
        let url = match whole_url(value) {
            Ok(url) => url,
            Err(reason) => return self.reject(name, reason),
        };
        self.has_query = url.query().is_some();
        self.template = "";
        for range in signatures(&url) {
            self.secrets.push(SecretRange { kind: SecretKind::Query, range });
        }
        self.path = url.into();
    }
}

/// Reads a whole URL, without the fragment, which is never sent.
pub(super) fn whole_url(value: &str) -> Result<Url, &'static str> {
    // The URL is not quoted: whoever has a presigned one has what it leads to.
    let mut url = Url::parse(value).map_err(|_| "it is no whole URL: write it with `https://` and a host")?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err("it is a URL with another scheme than https");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it has a user name or a password in it, which would not be sent");
    }
    url.set_fragment(None);
    Ok(url)
}

/// The parts of a URL, behind its host, that are long enough for a signature.
pub(super) fn signatures(url: &Url) -> Vec<Range<usize>> {
    let url = url.as_str();
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
        let found: Vec<&str> =
            signatures(&url.parse().unwrap()).into_iter().map(|range| &url[range]).collect();
        assert_eq!(found, ["0123456789abcdef"]);
        let url = "https://storage.example.com/upload/0123456789abcdef";
        let found: Vec<&str> =
            signatures(&url.parse().unwrap()).into_iter().map(|range| &url[range]).collect();
        assert_eq!(found, ["0123456789abcdef"]);
    }
}
