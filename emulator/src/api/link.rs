//! The links in emails: the redirect URL of the request, with a token in its query.

use form_urlencoded::byte_serialize;
use hyper::Uri;

use crate::{
    api_error::{ApiError, ErrorType},
    route::Call,
};

/// Returns the redirect URL in a parameter.
///
/// # Errors
///
/// The given error type if it is not an absolute URL.
pub(super) fn redirect_url<'a>(
    call: &'a Call<'_>,
    name: &str,
    error_type: &'static ErrorType,
) -> Result<Option<&'a str>, ApiError> {
    match call.parameters.string(name) {
        Some(text) if !is_absolute(text) => Err(error_type.into()),
        given => Ok(given),
    }
}

/// Whether a string is an absolute URL. Mobile apps redirect to custom schemes, so every scheme is accepted.
pub(crate) fn is_absolute(text: &str) -> bool {
    text.parse::<Uri>().is_ok_and(|uri| uri.scheme().is_some() && uri.authority().is_some())
}

/// Returns the redirect URL with the token in its query, before any fragment.
pub(crate) fn with_token(redirect: &str, token_type: &str, token: &str) -> String {
    let (address, fragment) = match redirect.split_once('#') {
        Some((address, fragment)) => (address, format!("#{fragment}")),
        None => (redirect, String::new()),
    };
    let separator = if address.contains('?') { '&' } else { '?' };
    let token: String = byte_serialize(token.as_bytes()).collect();
    format!("{address}{separator}stytch_token_type={token_type}&token={token}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::with_token;

    #[test]
    fn the_token_is_added_to_an_existing_query() {
        assert_eq!(
            with_token("https://a.b/c", "reset_password", "t"),
            "https://a.b/c?stytch_token_type=reset_password&token=t"
        );
        assert_eq!(
            with_token("https://a.b/c?d=e#f", "magic_links", "t+"),
            "https://a.b/c?d=e&stytch_token_type=magic_links&token=t%2B#f"
        );
    }
}
