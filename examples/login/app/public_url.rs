//! The URL at which users find the application.

use std::net::IpAddr;
use std::str::FromStr;

use axum::http::Uri;

/// An address without a path, such as `https://login.example.com`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicUrl {
    origin: String,
    https: bool,
}

impl PublicUrl {
    pub(crate) fn is_https(&self) -> bool {
        self.https
    }

    /// Returns the URL of a page from its path.
    pub(crate) fn join(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }
}

impl FromStr for PublicUrl {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let uri: Uri = text.parse().map_err(|_| "this is not a URL")?;
        let (Some(scheme), Some(authority)) = (uri.scheme_str(), uri.authority()) else {
            return Err("a URL begins with https://");
        };
        if !["", "/"].contains(&uri.path()) || uri.query().is_some() || authority.as_str().contains('@') {
            return Err("only a host can stand here, and a port");
        }
        match scheme {
            "https" => {}
            "http" if is_loopback(authority.host()) => {}
            "http" => return Err("passwords do not travel unencrypted: use https:// beyond this machine"),
            _ => return Err("a URL begins with https://"),
        }
        Ok(Self { origin: format!("{scheme}://{authority}"), https: scheme == "https" })
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_and_invalid_addresses() {
        for (good, path) in [
            ("https://login.example.com", "https://login.example.com/x"),
            ("https://login.example.com:8443/", "https://login.example.com:8443/x"),
            ("http://127.0.0.1:3000", "http://127.0.0.1:3000/x"),
            ("http://[::1]:3000", "http://[::1]:3000/x"),
            ("http://localhost", "http://localhost/x"),
        ] {
            assert_eq!(good.parse::<PublicUrl>().unwrap().join("/x"), path);
        }
        for bad in [
            "",
            "login.example.com",
            "http://login.example.com",
            "ftp://login.example.com",
            "https://login.example.com/app",
            "https://ada@login.example.com",
            "https://login.example.com?x",
        ] {
            assert!(bad.parse::<PublicUrl>().is_err(), "{bad}");
        }
    }
}
