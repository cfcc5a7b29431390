//! Checks base URLs.

use crate::{Error, ErrorKind};
use http::HeaderValue;
use url::{Host, Url};

/// Parses a base URL. Rejects URLs with which credentials would be sent unencrypted or to the wrong host.
pub(crate) fn parse(text: &str, plain_http: bool) -> Result<Url, Error> {
    // The text is not quoted, because it may contain a password.
    let url = Url::parse(text).map_err(|error| {
        Error::config("the base URL is not a valid URL: write it like \"https://api.example.com\"")
            .with_source(error)
    })?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(Error::config("the base URL contains credentials: set them on the builder instead"));
    }
    if url.query().is_some() || url.fragment().is_some() {
        return Err(Error::config(
            "the base URL contains a query or a fragment: remove it, endpoints add their own query",
        ));
    }
    match url.scheme() {
        "https" => {}
        "http" if plain_http || is_loopback(&url) => {}
        "http" => {
            return Err(Error::config(format!(
                "the base URL {} would send the credentials unencrypted: use https, or call `allow_plain_http()`",
                url.origin().ascii_serialization()
            )));
        }
        other => return Err(Error::config(format!("the base URL's scheme is `{other}`: use https"))),
    }
    Ok(url)
}

/// Parses the whole URL of a request, with the same rules except that it can have a query.
pub(crate) fn parse_absolute(text: &str, plain_http: bool) -> Result<Url, Error> {
    let wrong = |reason: &str| Error::new(ErrorKind::Request, format!("the URL {reason}"));
    // The URL is not quoted, because a presigned URL gives access to its target.
    let url = Url::parse(text).map_err(|error| {
        wrong("is not an absolute URL: write it with `https://` and a host").with_source(error)
    })?;
    if !url.username().is_empty() || url.password().is_some() {
        return Err(wrong("contains a user name or a password, which are not sent: remove them"));
    }
    match url.scheme() {
        "https" => Ok(url),
        "http" if plain_http || is_loopback(&url) => Ok(url),
        "http" => {
            Err(wrong("would be sent unencrypted: use https, or call `allow_plain_http()` on the builder"))
        }
        _ => Err(wrong("has another scheme than https")),
    }
}

/// Returns the `Host` header for a URL that [`parse`] has accepted, which therefore contains no credentials.
pub(crate) fn host(url: &Url) -> Option<HeaderValue> {
    // Every host is a valid header value. If one were not, the HTTP client would set the header itself.
    HeaderValue::from_str(url.authority()).ok()
}

/// Returns whether the host of a URL is this machine.
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(_)) | None => loopback_name(url).is_some(),
    }
}

/// Returns the host of a URL, if it is a name that RFC 6761 (section 6.3) reserves for this machine.
pub(crate) fn loopback_name(url: &Url) -> Option<&str> {
    url.host_str().filter(|host| *host == "localhost" || host.ends_with(".localhost"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_urls() {
        for url in [
            "https://api.example.com",
            "https://api.example.com/prefix/",
            "http://127.0.0.1:4010",
            "http://127.9.9.9",
            "http://[::1]:80",
            "http://localhost:1",
            "http://api.localhost",
        ] {
            assert!(parse(url, false).is_ok(), "{url}");
        }
        assert!(parse("http://10.0.0.1", true).is_ok());
    }

    #[test]
    fn the_host_header_has_only_unusual_ports() {
        for (url, header) in [
            ("https://api.example.com/prefix", "api.example.com"),
            ("https://API.example.com:443", "api.example.com"),
            ("https://api.example.com:8443", "api.example.com:8443"),
            ("http://[::1]:80", "[::1]"),
            ("http://127.0.0.1:4010", "127.0.0.1:4010"),
        ] {
            assert_eq!(host(&parse(url, false).unwrap()).unwrap(), header);
        }
    }

    #[test]
    fn rejected_urls() {
        for (url, word) in [
            ("", "not a valid URL"),
            ("api.example.com", "not a valid URL"),
            ("http://api.example.com", "unencrypted"),
            ("http://localhost.example.com", "unencrypted"),
            ("http://0.0.0.0", "unencrypted"),
            ("ftp://api.example.com", "scheme"),
            ("https://user@api.example.com", "credentials"),
            ("https://:pw@api.example.com", "credentials"),
            ("https://api.example.com/?a=b", "query"),
            ("https://api.example.com/#a", "fragment"),
        ] {
            let error = parse(url, false).unwrap_err().to_string();
            assert!(error.contains(word), "{url}: {error}");
            assert!(!error.contains("pw"), "{error}");
        }
    }
}
