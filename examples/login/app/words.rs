//! Messages to the user for Stytch's error responses.

use std::fmt::Display;

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use stytch_client::{Error, ErrorKind, error_type};

use super::page;

/// The message of a form that failed.
pub(super) struct Rejection {
    pub(super) status: StatusCode,
    pub(super) text: &'static str,
}

/// The same message for every failed login. Otherwise strangers could find out who has an account.
pub(super) const NO_LOGIN: Rejection = Rejection {
    status: StatusCode::UNAUTHORIZED,
    text: "That address and that password do not go together, or the password has to be renewed. \
           If trying again does not help, choose a new password.",
};

/// A token from an email that is no longer valid.
pub(super) const USED_LINK: &str =
    "The link from the mail has been used, or is too old. Ask for another one.";

/// The problem with a new password, or with the address that it is for.
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

/// Whether the API understood the request and rejects it.
pub(super) fn is_rejection(error: &Error) -> bool {
    error.kind() == ErrorKind::Api && matches!(error.status(), Some(400 | 401 | 404))
}

/// Logs the details that the user does not see, without the identity of the user.
pub(super) fn note(what: &str, error: &Error) {
    let code = error.code().unwrap_or_default();
    tracing::info!("{what}: {code} [{}]", error.request_id().unwrap_or_default());
}

/// The page for errors that the user did not cause. The error goes to the log, which does not contain secrets.
pub(super) fn trouble(error: &Error) -> Response {
    unavailable(error, error.status())
}

/// The same page for an error that is not, or not only, the error of a call.
pub(super) fn unavailable(error: &dyn Display, status: Option<u16>) -> Response {
    tracing::error!("{error}");
    let (status, text) = if status == Some(429) {
        (StatusCode::TOO_MANY_REQUESTS, "Too many tries in a short time. Wait a minute, then try again.")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "We cannot look after logins just now. Try again in a moment.")
    };
    (status, page::message("Sorry", text)).into_response()
}

/// The page for a response without the session that was requested.
pub(super) fn no_session() -> Response {
    tracing::error!("the response lacks the session that was requested");
    let text = "We cannot look after logins just now. Try again in a moment.";
    (StatusCode::BAD_GATEWAY, page::message("Sorry", text)).into_response()
}
