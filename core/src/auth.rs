//! Credentials of calls, and the providers that return them.

mod provider;
mod renewal;

use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderName, HeaderValue};
use jiff::Timestamp;
use zeroize::Zeroizing;

pub use self::provider::{AuthProvider, CredentialsFuture};
pub(crate) use self::renewal::{Granted, Renewed};
use crate::Error;
use crate::endpoint::{header, push_pair};
use crate::secret::in_header;

/// The credentials of a call: a token, a user name and a password, or keys in headers and in the query.
///
/// The usual way to set the credentials of a client is [`bearer_auth`](crate::ClientBuilder::bearer_auth) or a similar
/// method of the builder. This type is for additional credentials, which an endpoint chooses with `auth = "name"` (see
/// [`named_auth`](crate::ClientBuilder::named_auth)), and for the credentials that an [`AuthProvider`] returns.
///
/// ```
/// use std::time::Duration;
///
/// use declapi::Credentials;
///
/// let keys = Credentials::header("dd-api-key", "1234").with_header("dd-application-key", "5678");
/// let token = Credentials::bearer("abcd").expires_in(Duration::from_secs(3600));
/// assert_eq!(format!("{keys:?} {token:?}"), "Credentials(<redacted>) Credentials(<redacted>)");
/// ```
#[derive(Clone, Default)]
pub struct Credentials {
    /// Each value is marked as sensitive, so that it does not appear in logs.
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Query pairs, percent-encoded.
    query: Zeroizing<String>,
    /// The strings that must not appear in errors.
    secrets: Vec<Zeroizing<String>>,
    expiry: Option<Expiry>,
    /// A description of the first part that cannot be sent.
    mistake: Option<String>,
}

/// The time when credentials expire.
#[derive(Clone, Copy)]
enum Expiry {
    At(Timestamp),
    In(Duration),
}

impl Credentials {
    /// Creates credentials from a token (`Authorization: Bearer`).
    pub fn bearer(token: impl Into<String>) -> Self {
        let token = Zeroizing::new(token.into());
        let mut credentials = Self::default();
        credentials.check("the token", &token);
        credentials.authorize("the token", "Bearer", token)
    }

    /// Creates credentials from a user name and a password (`Authorization: Basic`).
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Self {
        let (user, password) = (user.into(), Zeroizing::new(password.into()));
        let mut credentials = Self::default();
        credentials.check("the user name (or id)", &user);
        credentials.check("the password (or secret)", &password);
        if user.contains(':') {
            credentials.reject("the user name (or id) contains a colon, which ends the user name".to_owned());
        }
        let pair = Zeroizing::new(format!("{user}:{}", password.as_str()));
        credentials.secrets.push(password);
        credentials.authorize(
            "the user name (or id)",
            "Basic",
            Zeroizing::new(STANDARD.encode(pair.as_bytes())),
        )
    }

    /// Creates credentials from a key in a header.
    pub fn header(name: impl AsRef<str>, value: impl Into<String>) -> Self {
        Self::default().with_header(name, value)
    }

    /// Creates credentials from a key in the query. Servers and proxies log queries, so prefer a header if the API
    /// accepts one.
    pub fn query(name: impl AsRef<str>, value: impl Into<String>) -> Self {
        Self::default().with_query(name, value)
    }

    /// Adds a key in a header. It replaces a header of the same name.
    pub fn with_header(mut self, name: impl AsRef<str>, value: impl Into<String>) -> Self {
        let (name, value) = (name.as_ref(), Zeroizing::new(value.into()));
        let what = format!("the header `{}`", name.escape_debug());
        self.check(&what, &value);
        self.insert(&what, name, &value);
        self.secrets.extend(in_header(value.as_bytes()));
        self
    }

    /// Adds a key in the query.
    pub fn with_query(mut self, name: impl AsRef<str>, value: impl Into<String>) -> Self {
        let (name, value) = (name.as_ref(), Zeroizing::new(value.into()));
        if value.is_empty() {
            self.reject(format!("the query parameter `{}` is empty", name.escape_debug()));
        }
        push_pair(&mut self.query, name, &value);
        self.secrets.push(value);
        self
    }

    /// Sets when the credentials expire. The client calls the [`AuthProvider`] for new ones before that time.
    pub fn expires_at(mut self, expiry: Timestamp) -> Self {
        self.expiry = Some(Expiry::At(expiry));
        self
    }

    /// Sets how long the credentials are valid. The time starts when the client calls the [`AuthProvider`].
    pub fn expires_in(mut self, validity: Duration) -> Self {
        self.expiry = Some(Expiry::In(validity));
        self
    }

    /// Returns an error if the credentials cannot be sent.
    pub(crate) fn checked(self) -> Result<Self, Error> {
        match self.mistake {
            Some(mistake) => Err(Error::config(mistake)),
            None => Ok(self),
        }
    }

    /// Writes the headers. They replace headers of the same name.
    pub(crate) fn write_headers(&self, headers: &mut HeaderMap) {
        for (name, value) in &self.headers {
            headers.insert(name.clone(), value.clone());
        }
    }

    /// Returns the query pairs, percent-encoded. The string is empty if there are none.
    pub(crate) fn query_pairs(&self) -> &str {
        &self.query
    }

    /// Returns the strings that must not appear in errors.
    pub(crate) fn secrets(&self) -> &[Zeroizing<String>] {
        &self.secrets
    }

    /// Returns whether both send the same headers and query.
    pub(crate) fn same_as(&self, others: &Self) -> bool {
        self.headers == others.headers && self.query == others.query
    }

    fn authorize(mut self, what: &str, scheme: &str, value: Zeroizing<String>) -> Self {
        let header = Zeroizing::new(format!("{scheme} {}", value.as_str()));
        self.insert(what, "authorization", &header);
        self.secrets.push(value);
        self
    }

    fn insert(&mut self, what: &str, name: &str, value: &str) {
        match header(name, value) {
            Ok((name, mut value)) => {
                value.set_sensitive(true);
                self.headers.retain(|(other, _)| *other != name);
                self.headers.push((name, value));
            }
            Err(reason) => self.reject(format!("{what} cannot be sent: {reason}")),
        }
    }

    fn check(&mut self, what: &str, text: &str) {
        if text.is_empty() {
            self.reject(format!("{what} is empty"));
        } else if text.chars().any(char::is_control) {
            self.reject(format!("{what} contains a line break or another control character: remove it"));
        }
    }

    fn reject(&mut self, mistake: String) {
        self.mistake.get_or_insert(mistake);
    }
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_empty = self.headers.is_empty() && self.query.is_empty();
        f.write_str(if is_empty { "Credentials(none)" } else { "Credentials(<redacted>)" })
    }
}

#[cfg(test)]
mod tests {
    use http::header::AUTHORIZATION;

    use super::*;

    #[test]
    fn basic_credentials_follow_the_rfc() {
        let credentials = Credentials::basic("Aladdin", "open sesame").checked().unwrap();
        let mut headers = HeaderMap::new();
        credentials.write_headers(&mut headers);
        assert_eq!(headers[AUTHORIZATION], "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert!(headers[AUTHORIZATION].is_sensitive());
        assert_eq!(headers.len(), 1);
    }

    #[test]
    fn broken_credentials_are_rejected_without_being_quoted() {
        for (credentials, word) in [
            (Credentials::basic("", "s3cret"), "user name (or id) is empty"),
            (Credentials::basic("project", ""), "password (or secret) is empty"),
            (Credentials::basic("project\n", "s3cret"), "user name (or id) contains a line break"),
            (Credentials::basic("project", "s3cret\r\nx: y"), "password (or secret) contains a line break"),
            (Credentials::basic("pro:ject", "s3cret"), "colon"),
            (Credentials::bearer(""), "token is empty"),
            (Credentials::bearer("s3cret\n"), "token contains a line break"),
            (Credentials::header("x-key", ""), "header `x-key` is empty"),
            (Credentials::header("x key", "s3cret"), "header `x key` cannot be sent"),
            (Credentials::header("x-key", "s3cret\0"), "header `x-key` contains a line break"),
            (Credentials::query("key", ""), "query parameter `key` is empty"),
            (Credentials::bearer("s3cret").with_header("", "s3cret"), "header `` cannot be sent"),
        ] {
            let error = format!("{0} {0:?}", credentials.checked().unwrap_err());
            assert!(error.contains(word), "{error}");
            assert!(!error.contains("s3cret"), "{error}");
        }
    }

    #[test]
    fn keys_are_replaced_in_headers_and_added_in_the_query() {
        let keys = Credentials::header("X-Key", "one").with_header("x-key", "two").with_query("a b", "c&d");
        let keys = keys.with_query("e", "é").checked().unwrap();
        let mut headers = HeaderMap::new();
        keys.write_headers(&mut headers);
        assert_eq!((headers.len(), headers["x-key"].as_bytes()), (1, &b"two"[..]));
        assert_eq!(keys.query_pairs(), "a%20b=c%26d&e=%C3%A9");
        assert_eq!(keys.secrets().iter().map(|s| s.as_str()).collect::<Vec<_>>(), ["one", "two", "c&d", "é"]);
    }
}
