//! Pages for a browser: the login pages of the built-in OAuth provider and of the built-in identity provider.

mod account;
mod login_page;
mod sso;
mod start;

use hyper::{Method, StatusCode, header::LOCATION};

#[cfg(test)]
use crate::api_error::{
    DUPLICATE_EMAIL, ErrorType, INVALID_EMAIL, INVALID_LOGIN_OAUTH_URL, INVALID_OAUTH_ATTACH_TOKEN,
    INVALID_OAUTH_PROVIDER, INVALID_PKCE_CODE_CHALLENGE, INVALID_SIGNUP_OAUTH_URL, PUBLIC_TOKEN_REQUIRED,
};
use crate::{
    api_error::ApiError,
    app::App,
    http::{Request, Response},
    oauth::Provider,
    route::{OAUTH_PAGES, SSO_PAGES},
};

/// The error types of the pages.
#[cfg(test)]
pub(crate) static ERROR_TYPES: &[&ErrorType] = &[
    &PUBLIC_TOKEN_REQUIRED,
    &INVALID_OAUTH_PROVIDER,
    &INVALID_LOGIN_OAUTH_URL,
    &INVALID_SIGNUP_OAUTH_URL,
    &INVALID_PKCE_CODE_CHALLENGE,
    &INVALID_OAUTH_ATTACH_TOKEN,
    &INVALID_EMAIL,
    &DUPLICATE_EMAIL,
];
/// The parameters that a login can be started with.
#[cfg(test)]
pub(crate) use self::{
    sso::{ERROR_TYPES as SSO_ERROR_TYPES, PARAMETERS as SSO_PARAMETERS},
    start::PARAMETERS,
};

/// Responds to a request for the login page, or from it. Returns `None` for other requests.
pub(crate) fn respond(app: &App, request: &Request) -> Option<Result<Response, ApiError>> {
    if let Some(step) = request.path.strip_prefix(SSO_PAGES) {
        return sso::respond(app, step, request);
    }
    let (name, step) = request.path.strip_prefix(OAUTH_PAGES)?.split_once('/')?;
    let page: Page = match (step, request.method.clone()) {
        ("start", Method::GET | Method::HEAD) => start::show,
        ("choose", Method::POST) => account::choose,
        _ => return None,
    };
    Some(start::provider(name).and_then(|provider| page(app, provider, request)))
}

/// A page for the login at a provider.
type Page = fn(&App, &'static Provider, &Request) -> Result<Response, ApiError>;

/// Leads the browser to an address.
fn redirect(address: &str) -> Result<Response, ApiError> {
    let location = address.parse().map_err(|_| {
        ApiError::parameter("login_redirect_url", "has a character that no header can contain.")
    })?;
    let response = Response {
        status: StatusCode::FOUND,
        headers: vec![(LOCATION, location)],
        body: bytes::Bytes::new(),
        error_type: None,
    };
    Ok(response)
}
