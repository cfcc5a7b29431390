//! Stytch's error responses in words for those who use the application.

use std::fmt::Display;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use stytch_client::{Error, ErrorKind, error_type};

use super::page;

/// What a form says when it did not go through.
pub(super) struct Rejection {
    pub(super) status: StatusCode,
    pub(super) text: &'static str,
}

/// The same words whatever is wrong with a login, or they would tell strangers who has an account.
pub(super) const NO_LOGIN: Rejection = Rejection {
    status: StatusCode::UNAUTHORIZED,
    text: "That address and that password do not go together, or the password has to be renewed. \
           If trying again does not help, choose a new password.",
};

/// A token from a mail that opens nothing any more.
pub(super) const USED_LINK: &str =
    "The link from the mail has been used, or is too old. Ask for another one.";

/// What is wrong with a new password, or with the address it is for.
pub(super) fn about_password(error: &Error) -> Option<Rejection> {
    let (status, text) = match error.code()? {
        error_type::DUPLICATE_EMAIL => {
            (StatusCode::CONFLICT, "This address has an account already. Log in, or choose a new password.")
        }
        error_type::INVALID_EMAIL => {
            (StatusCode::UNPROCESSABLE_ENTITY, "That does not look like an email address.")
        }
        error_type::WEAK_PASSWORD => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "That password could be guessed. Make it longer: a few words that have nothing to do with each other.",
        ),
        error_type::BREACHED_PASSWORD => (
            StatusCode::UNPROCESSABLE_ENTITY,
            "That password is known to thieves, from a breach somewhere else. Choose another one.",
        ),
        _ => return None,
    };
    Some(Rejection { status, text })
}

/// Whether the API has understood the request, and says no.
pub(super) fn is_rejection(error: &Error) -> bool {
    error.kind() == ErrorKind::Api && matches!(error.status(), Some(400 | 401 | 404))
}

/// Leaves in the log what the user is not told, and nothing that says who it was.
pub(super) fn note(what: &str, error: &Error) {
    let code = error.code().unwrap_or_default();
    tracing::info!("{what}: {code} [{}]", error.request_id().unwrap_or_default());
}

/// The page for what is nobody's mistake here. What it was goes to the log, which shows no secrets.
pub(super) fn trouble(error: &Error) -> Response {
    unavailable(error, error.status())
}

/// The same for an error that is not one of a call, or not only of one.
pub(super) fn unavailable(error: &dyn Display, status: Option<u16>) -> Response {
    tracing::error!("{error}");
    let (status, text) = if status == Some(429) {
        (StatusCode::TOO_MANY_REQUESTS, "Too many tries in a short time. Wait a minute, then try again.")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "We cannot look after logins just now. Try again in a moment.")
    };
    (status, page::message("Sorry", text)).into_response()
}

/// The page for a response that lacks the session that was requested.
pub(super) fn no_session() -> Response {
    tracing::error!("the response lacks the session that was requested");
    let text = "We cannot look after logins just now. Try again in a moment.";
    (StatusCode::BAD_GATEWAY, page::message("Sorry", text)).into_response()
}
