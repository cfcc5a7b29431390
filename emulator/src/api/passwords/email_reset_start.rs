//! `POST /v1/passwords/email/reset/start`: an email with a link that resets the password.

use std::time::SystemTime;

use form_urlencoded::byte_serialize;
use hyper::{Method, Uri};
use time::Duration;

use crate::{
    api::shared::{ATTRIBUTES, object},
    api_error::{
        ApiError, EMAIL_NOT_FOUND, ErrorType, INVALID_LOGIN_REDIRECT_URL,
        INVALID_PASSWORD_RESET_REDIRECT_URL, INVALID_PKCE_CODE_CHALLENGE,
    },
    outbox::Message,
    parameter::{Kind, optional, required},
    reset_token::{ResetToken, check_challenge},
    route::{Access, Call, ResponseBody, Route},
    session::Attributes,
    state::Change,
};

/// The target of the link if the request has none.
const DEFAULT_REDIRECT_URL: &str = "http://localhost:3000/reset_password";
const DEFAULT_MINUTES: i64 = 30;

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/email/reset/start",
    parameters: &[
        required("email", Kind::String),
        optional("reset_password_redirect_url", Kind::String),
        optional("reset_password_expiration_minutes", Kind::Integer { least: 5, most: 10_080 }),
        optional("code_challenge", Kind::String),
        ATTRIBUTES,
        optional("login_redirect_url", Kind::String),
        optional("locale", Kind::OneOf(&["en", "es", "pt-br", "fr"])),
        optional("reset_password_template_id", Kind::String),
    ],
    access: Access::Project,
    error_types: &[&[
        &EMAIL_NOT_FOUND,
        &INVALID_PASSWORD_RESET_REDIRECT_URL,
        &INVALID_LOGIN_REDIRECT_URL,
        &INVALID_PKCE_CODE_CHALLENGE,
    ]],
    handler: start,
};

fn start(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let address = call.parameters.required("email")?;
    let redirect = url(call, "reset_password_redirect_url", &INVALID_PASSWORD_RESET_REDIRECT_URL)?;
    url(call, "login_redirect_url", &INVALID_LOGIN_REDIRECT_URL)?;
    let code_challenge = call.parameters.string("code_challenge").map(check_challenge).transpose()?;
    let mut state = call.app.state();
    let user = state.user_by_email(address).ok_or(&EMAIL_NOT_FOUND)?;
    let email = user.email(address).ok_or(&EMAIL_NOT_FOUND)?;
    let minutes = call.parameters.integer("reset_password_expiration_minutes").unwrap_or(DEFAULT_MINUTES);
    let token = ResetToken {
        token: call.app.ids.token(),
        user_id: user.user_id.clone(),
        email_id: email.email_id.clone(),
        expires_at: call.now + Duration::minutes(minutes),
        code_challenge,
        attributes: Attributes::of(&call.parameters),
    };
    let message = message(call, &email.email, &token, redirect.unwrap_or(DEFAULT_REDIRECT_URL));
    let body =
        object([("user_id", token.user_id.as_str().into()), ("email_id", token.email_id.as_str().into())]);
    state.commit(
        Change { reset_tokens: vec![token], messages: vec![message], ..Change::default() },
        call.now,
    )?;
    Ok(body)
}

fn message(call: &Call<'_>, to: &str, token: &ResetToken, redirect: &str) -> Message {
    let string = |name| call.parameters.string(name).map(str::to_owned);
    Message {
        to: to.to_owned(),
        user_id: token.user_id.clone(),
        link: link(redirect, &token.token),
        token: token.token.clone(),
        locale: string("locale"),
        template_id: string("reset_password_template_id"),
        sent_at: SystemTime::from(call.now),
        expires_at: SystemTime::from(token.expires_at),
    }
}

fn url<'a>(
    call: &'a Call<'_>,
    name: &str,
    error_type: &'static ErrorType,
) -> Result<Option<&'a str>, ApiError> {
    let Some(text) = call.parameters.string(name) else { return Ok(None) };
    // Mobile apps redirect to custom schemes, so every absolute URL is accepted.
    match text.parse::<Uri>() {
        Ok(uri) if uri.scheme().is_some() && uri.authority().is_some() => Ok(Some(text)),
        _ => Err(error_type.into()),
    }
}

/// Returns the redirect URL with the token in its query, before any fragment.
fn link(redirect: &str, token: &str) -> String {
    let (address, fragment) = match redirect.split_once('#') {
        Some((address, fragment)) => (address, format!("#{fragment}")),
        None => (redirect, String::new()),
    };
    let separator = if address.contains('?') { '&' } else { '?' };
    let token: String = byte_serialize(token.as_bytes()).collect();
    format!("{address}{separator}stytch_token_type=reset_password&token={token}{fragment}")
}

#[cfg(test)]
mod tests {
    use super::link;

    #[test]
    fn the_token_is_added_to_an_existing_query() {
        assert_eq!(link("https://a.b/c", "t"), "https://a.b/c?stytch_token_type=reset_password&token=t");
        assert_eq!(
            link("https://a.b/c?d=e#f", "t"),
            "https://a.b/c?d=e&stytch_token_type=reset_password&token=t#f"
        );
    }
}
