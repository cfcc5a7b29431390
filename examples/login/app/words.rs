//! Stytch's refusals in words for those who use the application.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use stytch_client::{Error, ErrorKind, error_type};

use super::page;

/// What a form says when it did not go through.
pub(super) struct Refusal {
    pub(super) status: StatusCode,
    pub(super) text: &'static str,
}

/// The same words whatever is wrong with a login, or they would tell strangers who has an account.
pub(super) const NO_LOGIN: Refusal = Refusal {
    status: StatusCode::UNAUTHORIZED,
    text: "That address and that password do not go together, or the password has to be renewed. \
           If trying again does not help, choose a new password.",
};

/// A token from a mail that opens nothing any more.
pub(super) const USED_LINK: &str =
    "The link from the mail has been used, or is too old. Ask for another one.";

/// What is wrong with a new password, or with the address it is for.
pub(super) fn about_password(error: &Error) -> Option<Refusal> {
    let api = error.api()?;
    let (status, text) = match api.error_type.as_str() {
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
    Some(Refusal { status, text })
}

/// Whether the API has understood, and says no.
pub(super) fn is_refusal(error: &Error) -> bool {
    error.kind() == ErrorKind::Api && matches!(error.status(), Some(400 | 401 | 404))
}

/// Leaves in the log what the user is not told, and nothing that says who it was.
pub(super) fn note(what: &str, error: &Error) {
    let error_type = error.api().map_or("", |api| api.error_type.as_str());
    tracing::info!("{what}: {error_type} [{}]", error.request_id().unwrap_or_default());
}

/// The page for what is nobody's mistake here. What it was goes to the log, which shows no secrets.
pub(super) fn trouble(error: &Error) -> Response {
    tracing::error!("{error}");
    let (status, text) = if error.status() == Some(429) {
        (StatusCode::TOO_MANY_REQUESTS, "Too many tries in a short time. Wait a minute, then try again.")
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, "We cannot look after logins just now. Try again in a moment.")
    };
    (status, page::message("Sorry", text)).into_response()
}

/// The page for an answer that lacks the session that was asked for.
pub(super) fn no_session() -> Response {
    tracing::error!("the API has answered without the session that was asked for");
    let text = "We cannot look after logins just now. Try again in a moment.";
    (StatusCode::BAD_GATEWAY, page::message("Sorry", text)).into_response()
}
