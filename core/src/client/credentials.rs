//! What a client authenticates with.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;
use zeroize::Zeroizing;

use crate::Error;

/// The credentials of a client.
pub(super) enum Credentials {
    None,
    Basic { user: String, password: Zeroizing<String> },
    Bearer(Zeroizing<String>),
}

impl Credentials {
    /// The `Authorization` header, marked so that it stays out of logs.
    pub(super) fn header(&self) -> Result<Option<HeaderValue>, Error> {
        let text = match self {
            Self::None => return Ok(None),
            Self::Basic { user, password } => {
                check("the user name (or id)", user)?;
                check("the password (or secret)", password)?;
                if user.contains(':') {
                    return Err(Error::config(
                        "the user name (or id) has a colon in it, which would end it early",
                    ));
                }
                let pair = Zeroizing::new(format!("{user}:{}", password.as_str()));
                Zeroizing::new(format!("Basic {}", STANDARD.encode(pair.as_bytes())))
            }
            Self::Bearer(token) => {
                check("the token", token)?;
                Zeroizing::new(format!("Bearer {}", token.as_str()))
            }
        };
        let mut header = HeaderValue::from_str(&text)
            .map_err(|_| Error::config("the token has characters in it that no header can carry"))?;
        header.set_sensitive(true);
        Ok(Some(header))
    }

    /// Returns the strings that no error may quote.
    pub(super) fn secrets(self, header: Option<&HeaderValue>) -> Vec<Zeroizing<String>> {
        let mut secrets = match self {
            Self::None => Vec::new(),
            Self::Basic { password: secret, .. } | Self::Bearer(secret) => vec![secret],
        };
        let value = header.and_then(|header| header.to_str().ok()).and_then(|text| text.split_once(' '));
        secrets.extend(value.map(|(_, value)| Zeroizing::new(value.to_owned())));
        secrets
    }
}

fn check(what: &str, text: &str) -> Result<(), Error> {
    if text.is_empty() {
        return Err(Error::config(format!("{what} is empty")));
    }
    if text.chars().any(char::is_control) {
        return Err(Error::config(format!(
            "{what} has a line break or another control character in it: remove it"
        )));
    }
    Ok(())
}

impl fmt::Debug for Credentials {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::None => "None",
            Self::Basic { .. } => "Basic(<redacted>)",
            Self::Bearer(_) => "Bearer(<redacted>)",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn basic(user: &str, password: &str) -> Result<Option<HeaderValue>, Error> {
        Credentials::Basic { user: user.to_owned(), password: Zeroizing::new(password.to_owned()) }.header()
    }

    #[test]
    fn basic_is_what_the_rfc_says() {
        let header = basic("Aladdin", "open sesame").unwrap().unwrap();
        assert_eq!(header, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
        assert!(header.is_sensitive());
    }

    #[test]
    fn broken_credentials_are_rejected_without_being_quoted() {
        for (user, password, word) in [
            ("", "s3cret", "user name (or id) is empty"),
            ("project", "", "password (or secret) is empty"),
            ("project\n", "s3cret", "user name (or id) has a line break"),
            ("project", "s3cret\r\nx: y", "password (or secret) has a line break"),
            ("pro:ject", "s3cret", "colon"),
        ] {
            let error = format!("{0} {0:?}", basic(user, password).unwrap_err());
            assert!(error.contains(word), "{error}");
            assert!(!error.contains("s3cret"), "{error}");
        }
    }
}
