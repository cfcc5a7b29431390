//! A field that contains the whole URL of a request.

use std::ops::Range;

use url::Url;

use super::parts::Parts;
use super::request::{SecretKind, SecretRange};

/// A part of a URL that is at least this long may be a signature, which must stay secret.
const SIGNATURE: usize = 12;

impl Parts {
    /// Writes the URL instead of the path.
    ///
    /// The client decides whether plain `http` is allowed.
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

/// Parses an absolute URL. Removes the fragment, which is never sent.
pub(super) fn whole_url(value: &str) -> Result<Url, &'static str> {
    // The URL is not quoted, because a presigned URL gives access to its target.
    let mut url =
        Url::parse(value).map_err(|_| "it is not an absolute URL: write it with `https://` and a host")?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err("it is a URL with another scheme than https");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("it contains a user name or a password, which would not be sent");
    }
    url.set_fragment(None);
    Ok(url)
}

/// Returns the parts of a URL after its host that are long enough for a signature.
pub(super) fn signatures(url: &Url) -> Vec<Range<usize>> {
    let url = url.as_str();
    let (mut start, mut ranges) = (0, Vec::new());
    let ends = url.match_indices(['/', '?', '&', '=']).map(|(at, _)| at).chain([url.len()]);
    // Skips the scheme, the empty part between the two slashes, and the host.
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
    fn signatures_are_long_parts_after_the_host() {
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
