//! The cookie with the session of a user.
//!
//! It has the session's JWT, which is verified here, without a call. The JWT is valid for five minutes and the
//! session for a day. When the JWT has expired, the application asks the API about the session, and the response
//! contains the next JWT. A session that was ended elsewhere is therefore noticed at most five minutes later.

use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use stytch_client::{Error, ErrorKind, JsonObject, JwtError, Secret};
use time::Duration;

use super::cookies::Cookies;
use super::{App, Shared, csrf, words};

const COOKIE: &str = "session";
/// How long a login lasts: a day.
pub(super) const MINUTES: u32 = 24 * 60;

/// Accepts requests of users who are logged in, and redirects the others to the login.
pub(super) async fn require(
    State(app): Shared,
    jar: CookieJar,
    mut request: Request,
    next: Next,
) -> Response {
    let Some(jwt) = jwt(&app, &jar) else { return Redirect::to("/login").into_response() };
    let verified = match app.client.sessions().authenticate_jwt(jwt).fall_back_to_api().send().await {
        Ok(verified) => verified,
        Err(error) if is_over(&error) => {
            return (end(app.cookies, jar), Redirect::to("/login")).into_response();
        }
        Err(error) => return words::unavailable(&error, error.call_error().and_then(Error::status)),
    };
    let renewed = verified.session_jwt.clone();
    request.extensions_mut().insert(verified);
    let response = next.run(request).await;
    match renewed {
        Some(jwt) => (keep(app.cookies, jar, &jwt), response).into_response(),
        None => response,
    }
}

/// The JWT of the browser. It is not verified yet.
pub(super) fn jwt(app: &App, jar: &CookieJar) -> Option<Secret> {
    app.cookies.get(jar, COOKIE).map(Secret::from)
}

/// Logs a browser in, and redirects it to its account.
pub(super) fn begin(app: &App, jar: CookieJar, jwt: Option<&Secret>) -> Response {
    let Some(jwt) = jwt else { return words::no_session() };
    let jar = csrf::renew(app.cookies, keep(app.cookies, jar, jwt));
    (jar, Redirect::to("/account")).into_response()
}

/// Removes the session from the browser. At Stytch the session stays valid unless it is revoked.
pub(super) fn end(cookies: Cookies, jar: CookieJar) -> CookieJar {
    csrf::renew(cookies, cookies.remove(jar, COOKIE))
}

/// The custom claims of the JWT, so that a page can greet the user without a call.
pub(super) fn claims(email: &str) -> JsonObject {
    JsonObject::from_iter([("email".to_owned(), email.into())])
}

fn keep(cookies: Cookies, jar: CookieJar, jwt: &Secret) -> CookieJar {
    cookies.set(jar, COOKIE, jwt.secret(), Duration::minutes(i64::from(MINUTES)))
}

/// Whether the error is about the session, and not about the network or the project's keys.
fn is_over(error: &JwtError) -> bool {
    match error {
        JwtError::Rejected(_) => true,
        JwtError::Api(error) => error.kind() == ErrorKind::Api && matches!(error.status(), Some(400 | 404)),
        _ => false,
    }
}
