//! `/logout`: ends the session, here and at Stytch.

use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;

use super::{Shared, session};

pub(super) async fn submit(State(app): Shared, jar: CookieJar) -> Response {
    if let Some(jwt) = session::jwt(&app, &jar) {
        // This browser is logged out in every case. It is not an error if the session has already ended.
        if let Err(error) = app.client.sessions().revoke().session_jwt(jwt.secret()).send().await {
            tracing::warn!("a session is not revoked: {error}");
        }
    }
    (session::end(app.cookies, jar), Redirect::to("/login")).into_response()
}
