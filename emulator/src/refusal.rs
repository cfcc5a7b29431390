//! The refusals: Stytch's error types, and the body that carries them.

use hyper::{StatusCode, header::HeaderName, header::HeaderValue};
use serde_json::json;

use crate::exchange::Response;

/// A kind of refusal: what Stytch calls it, and the HTTP status that goes with it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ErrorType {
    pub(crate) name: &'static str,
    pub(crate) status: u16,
    /// What the message says when there is nothing particular to name.
    pub(crate) message: &'static str,
}

macro_rules! error_types {
    ($($constant:ident = $status:literal $name:literal: $message:literal;)+) => {
        $(pub(crate) static $constant: ErrorType = ErrorType { name: $name, status: $status, message: $message };)+

    };
}

error_types! {
    BAD_REQUEST = 400 "bad_request": "The request is malformed.";
    UNAUTHORIZED_CREDENTIALS = 401 "unauthorized_credentials": "Unauthorized credentials.";
    ROUTE_NOT_FOUND = 404 "route_not_found": "There is no such endpoint.";
    METHOD_NOT_ALLOWED = 405 "method_not_allowed": "This endpoint does not take this method.";
    UNSUPPORTED_MEDIA_TYPE = 415 "unsupported_media_type": "The body of a request is JSON: send `Content-Type: application/json`.";
    REQUEST_TIMEOUT = 408 "request_timeout": "The body did not arrive in time.";
    REQUEST_TOO_LARGE = 413 "request_too_large": "The body is too large.";
    TOO_MANY_REQUESTS = 429 "too_many_requests": "Too many requests have been made.";
    INJECTED = 500 "injected_fault": "A fault that was asked for.";
    INTERNAL_SERVER_ERROR = 500 "internal_server_error": "The emulator failed. This is a mistake in the emulator, not in the request.";
    DUPLICATE_EMAIL = 400 "duplicate_email": "A user with the given email already exists.";
    INVALID_EMAIL = 400 "invalid_email": "`email` is not an email address.";
    WEAK_PASSWORD = 400 "weak_password": "The password does not meet the strength policy of the project.";
    EMAIL_NOT_FOUND = 404 "email_not_found": "No user has the given email.";
    PASSWORD_ALREADY_EXISTS = 400 "password_already_exists": "The user with the given email has a password already.";
    INVALID_HASH_TYPE = 400 "invalid_hash_type": "`hash_type` is not one of the supported ones.";
    INVALID_BCRYPT_HASH = 400 "invalid_bcrypt_hash": "`hash` is not a bcrypt hash.";
    INVALID_BCRYPT_COST = 400 "invalid_bcrypt_cost": "The cost in the bcrypt hash is out of range.";
    TOO_MANY_SESSION_ARGUMENTS = 400 "too_many_session_arguments": "Give one of the arguments that name a session, and not several.";
    SESSION_NOT_FOUND = 404 "session_not_found": "There is no such session, or it has ended.";
}

/// A refusal on its way out.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) kind: &'static ErrorType,
    /// Another status than the usual one of the kind.
    status: Option<u16>,
    message: String,
    headers: Vec<(HeaderName, HeaderValue)>,
}

impl Refusal {
    pub(crate) fn new(kind: &'static ErrorType, message: impl Into<String>) -> Self {
        Self { kind, status: None, message: message.into(), headers: Vec::new() }
    }

    /// A fault that was asked for, with the error type that goes with its status.
    pub(crate) fn injected(status: u16) -> Self {
        let kind = match status {
            429 => &TOO_MANY_REQUESTS,
            500 => &INTERNAL_SERVER_ERROR,
            _ => &INJECTED,
        };
        Self { status: Some(status), ..Self::new(kind, INJECTED.message) }
    }

    /// A parameter of the wrong form: the message begins with its name.
    pub(crate) fn parameter(name: &str, complaint: impl AsRef<str>) -> Self {
        Self::new(&BAD_REQUEST, format!("`{name}` {}", complaint.as_ref()))
    }

    pub(crate) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The answer in Stytch's error form.
    pub(crate) fn into_response(self, request_id: &str) -> Response {
        let name = self.kind.name;
        let status = self.status.unwrap_or(self.kind.status);
        let body = json!({
            "status_code": status,
            "request_id": request_id,
            "error_type": name,
            "error_message": self.message,
            "error_url": format!("https://stytch.com/docs/api/errors/{status}"),
        });
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = Response::json(status, &body);
        response.headers.extend(self.headers);
        response
    }
}

impl From<&'static ErrorType> for Refusal {
    fn from(kind: &'static ErrorType) -> Self {
        Self::new(kind, kind.message)
    }
}
