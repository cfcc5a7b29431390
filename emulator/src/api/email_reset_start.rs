//! `POST /v1/passwords/email/reset/start`: a mail with a link that resets the password.

use std::time::SystemTime;

use form_urlencoded::byte_serialize;
use hyper::{Method, Uri};
use time::Duration;

use super::shared::{ATTRIBUTES, object};
use crate::{
    app::{Answer, Call},
    outbox::Message,
    parameter::{Kind, optional, required},
    refusal::{
        EMAIL_NOT_FOUND, ErrorType, INVALID_LOGIN_REDIRECT_URL, INVALID_PASSWORD_RESET_REDIRECT_URL,
        INVALID_PKCE_CODE_CHALLENGE, Refusal,
    },
    reset_token::{ResetToken, check_challenge},
    route::{Access, Route},
    session::Attributes,
    state::Change,
};

/// Where a link leads when the request does not say.
const DEFAULT_REDIRECT_URL: &str = "http://localhost:3000/reset_password";
const DEFAULT_MINUTES: i64 = 30;

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/email/reset/start",
    parameters: &[
        required("email", Kind::Text),
        optional("reset_password_redirect_url", Kind::Text),
        optional("reset_password_expiration_minutes", Kind::Integer { least: 5, most: 10_080 }),
        optional("code_challenge", Kind::Text),
        ATTRIBUTES,
        optional("login_redirect_url", Kind::Text),
        optional("locale", Kind::OneOf(&["en", "es", "pt-br", "fr"])),
        optional("reset_password_template_id", Kind::Text),
    ],
    access: Access::Project,
    refusals: &[&[
        &EMAIL_NOT_FOUND,
        &INVALID_PASSWORD_RESET_REDIRECT_URL,
        &INVALID_LOGIN_REDIRECT_URL,
        &INVALID_PKCE_CODE_CHALLENGE,
    ]],
    handler: start,
};

fn start(call: &Call<'_>) -> Result<Answer, Refusal> {
    let address = call.parameters.required("email")?;
    let redirect = url(call, "reset_password_redirect_url", &INVALID_PASSWORD_RESET_REDIRECT_URL)?;
    url(call, "login_redirect_url", &INVALID_LOGIN_REDIRECT_URL)?;
    let code_challenge = call.parameters.text("code_challenge").map(check_challenge).transpose()?;
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
    let answer =
        object([("user_id", token.user_id.as_str().into()), ("email_id", token.email_id.as_str().into())]);
    state.commit(
        Change { reset_tokens: vec![token], messages: vec![message], ..Change::default() },
        call.now,
    )?;
    Ok(answer)
}

fn message(call: &Call<'_>, to: &str, token: &ResetToken, redirect: &str) -> Message {
    let text = |name| call.parameters.text(name).map(str::to_owned);
    Message {
        to: to.to_owned(),
        user_id: token.user_id.clone(),
        link: link(redirect, &token.token),
        token: token.token.clone(),
        locale: text("locale"),
        template_id: text("reset_password_template_id"),
        sent_at: SystemTime::from(call.now),
        expires_at: SystemTime::from(token.expires_at),
    }
}

fn url<'a>(call: &'a Call<'_>, name: &str, refusal: &'static ErrorType) -> Result<Option<&'a str>, Refusal> {
    let Some(text) = call.parameters.text(name) else { return Ok(None) };
    // Mobile apps redirect to schemes of their own, so that any absolute URL will do.
    match text.parse::<Uri>() {
        Ok(uri) if uri.scheme().is_some() && uri.authority().is_some() => Ok(Some(text)),
        _ => Err(refusal.into()),
    }
}

/// The redirect URL with the token in its query, and any fragment behind it.
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
    fn the_token_joins_a_query_that_is_there() {
        assert_eq!(link("https://a.b/c", "t"), "https://a.b/c?stytch_token_type=reset_password&token=t");
        assert_eq!(
            link("https://a.b/c?d=e#f", "t"),
            "https://a.b/c?d=e&stytch_token_type=reset_password&token=t#f"
        );
    }
}
