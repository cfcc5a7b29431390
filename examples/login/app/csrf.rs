//! Forms that only our own pages can send.
//!
//! Every browser gets a cookie with a random seed. Every form has a signature of the seed, with a key that never
//! leaves the process. A POST needs both. Another site can make a browser send the cookie, but does not know the
//! signature.

use std::convert::Infallible;
use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use maud::{Markup, html};
use sha2::Sha256;
use time::Duration;
use tower_http::csrf::ProtectionError;

use super::cookies::Cookies;
use super::{App, Shared, page};

const COOKIE: &str = "csrf";
/// The header in which a script sends the token. A form has it in a field.
const HEADER: &str = "x-csrf-token";
const FIELD: &str = "csrf";
const LIFE: Duration = Duration::days(1);
/// The maximum size of the body of a form, or of a question about a password.
const MOST_BYTES: usize = 16 * 1024;

/// The key that signs tokens. It is generated at every start.
pub(super) struct Key(Hmac<Sha256>);

impl Key {
    pub(super) fn random() -> Self {
        Self(Hmac::new(&rand::random::<[u8; 64]>().into()))
    }

    fn token(&self, seed: &str) -> Token {
        Token(URL_SAFE_NO_PAD.encode(self.0.clone().chain_update(seed).finalize().into_bytes()))
    }

    /// Compares in a time that does not depend on the position of the difference.
    fn accepts(&self, token: &str, seed: &str) -> bool {
        let Ok(signature) = URL_SAFE_NO_PAD.decode(token) else { return false };
        self.0.clone().chain_update(seed).verify_slice(&signature).is_ok()
    }
}

/// The token for the forms of a page.
#[derive(Clone)]
pub(super) struct Token(String);

impl Token {
    /// The hidden field that a form needs.
    pub(super) fn field(&self) -> Markup {
        html! { input type="hidden" name=(FIELD) value=(self.0); }
    }
}

impl<S: Sync> FromRequestParts<S> for Token {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        // The guard runs before all handlers. Without it, the token is empty, and no seed accepts an empty token.
        Ok(parts.extensions.get().cloned().unwrap_or(Self(String::new())))
    }
}

/// Accepts a request that does not change any state or that has its token. Gives new browsers their seed.
pub(super) async fn guard(State(app): Shared, jar: CookieJar, mut request: Request, next: Next) -> Response {
    let known = app.cookies.get(&jar, COOKIE).map(str::to_owned);
    if !request.method().is_safe() {
        request = match checked(&app, known.as_deref(), request).await {
            Ok(request) => request,
            Err(rejection) => return rejection,
        };
    }
    let is_new = known.is_none();
    let seed = known.unwrap_or_else(new_seed);
    request.extensions_mut().insert(app.csrf.token(&seed));
    let response = next.run(request).await;
    // If a handler has set a new seed, after a login, that seed wins.
    if is_new && !response.headers().contains_key(header::SET_COOKIE) {
        return (app.cookies.set(jar, COOKIE, seed, LIFE), response).into_response();
    }
    response
}

/// Gives a browser a new seed after its user changed, so that an earlier visitor of the browser does not know it.
pub(super) fn renew(cookies: Cookies, jar: CookieJar) -> CookieJar {
    cookies.set(jar, COOKIE, new_seed(), LIFE)
}

/// The response to a form of another site, if the browser says that it comes from there.
pub(super) fn foreign(_: ProtectionError) -> Response {
    rejection()
}

async fn checked(app: &Arc<App>, seed: Option<&str>, request: Request) -> Result<Request, Response> {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MOST_BYTES).await else { return Err(page::too_large()) };
    let token = token_of(&parts.headers, &body);
    match seed.zip(token) {
        Some((seed, token)) if app.csrf.accepts(&token, seed) => {
            Ok(Request::from_parts(parts, Body::from(body)))
        }
        _ => Err(rejection()),
    }
}

fn token_of(headers: &HeaderMap, body: &Bytes) -> Option<String> {
    if let Some(token) = headers.get(HEADER) {
        return token.to_str().ok().map(str::to_owned);
    }
    let is_form = |value: &HeaderValue| value.as_bytes().starts_with(b"application/x-www-form-urlencoded");
    headers.get(header::CONTENT_TYPE).filter(|value| is_form(value))?;
    let mut fields = form_urlencoded::parse(body);
    fields.find(|(name, _)| name == FIELD).map(|(_, token)| token.into_owned())
}

fn rejection() -> Response {
    let text =
        "This page was open for too long, or your browser keeps no cookies. Go back, reload, and try again.";
    (StatusCode::FORBIDDEN, page::message("That did not come through", text)).into_response()
}

fn new_seed() -> String {
    URL_SAFE_NO_PAD.encode(rand::random::<[u8; 32]>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_belongs_to_its_seed_and_to_its_key() {
        let (key, other) = (Key::random(), Key::random());
        let token = key.token("seed").0;
        assert!(key.accepts(&token, "seed"));
        assert!(!key.accepts(&token, "another seed"));
        assert!(!other.accepts(&token, "seed"));
        for wrong in ["", "?", &token[1..], &format!("{token}AA")] {
            assert!(!key.accepts(wrong, "seed"), "{wrong}");
        }
        assert_ne!(new_seed(), new_seed());
    }
}
