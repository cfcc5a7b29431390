//! The flags that all cookies have in common.

use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};
use time::Duration;

/// Creates cookies that scripts and other sites cannot read.
#[derive(Clone, Copy)]
pub(super) struct Cookies {
    /// Whether users connect with HTTPS.
    pub(super) secure: bool,
}

impl Cookies {
    pub(super) fn get<'jar>(self, jar: &'jar CookieJar, name: &str) -> Option<&'jar str> {
        jar.get(&self.full_name(name)).map(Cookie::value).filter(|value| !value.is_empty())
    }

    pub(super) fn set(
        self,
        jar: CookieJar,
        name: &str,
        value: impl Into<String>,
        life: Duration,
    ) -> CookieJar {
        let cookie = Cookie::build((self.full_name(name), value.into()))
            .http_only(true)
            .secure(self.secure)
            // Lax and not Strict, so that a user who follows a link from an email is still logged in.
            .same_site(SameSite::Lax)
            .path("/")
            .max_age(life);
        jar.add(cookie)
    }

    pub(super) fn remove(self, jar: CookieJar, name: &str) -> CookieJar {
        // A cookie with the prefix can only be removed by a cookie with the flags that the prefix requires.
        jar.remove(Cookie::build(self.full_name(name)).http_only(true).secure(self.secure).path("/"))
    }

    /// With the prefix, browsers reject the cookie from other hosts and from unencrypted pages.
    fn full_name(self, name: &str) -> String {
        if self.secure { format!("__Host-{name}") } else { name.to_owned() }
    }
}
