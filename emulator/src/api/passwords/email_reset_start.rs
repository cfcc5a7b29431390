//! `POST /v1/passwords/email/reset/start`: an email with a link that resets the password.

use hyper::Method;
use time::Duration;

use crate::{
    api::{
        attributes::ATTRIBUTES,
        link, mail,
        shared::{LOCALE, object},
    },
    api_error::{
        ApiError, EMAIL_NOT_FOUND, INVALID_LOGIN_REDIRECT_URL, INVALID_PASSWORD_RESET_REDIRECT_URL,
        INVALID_PKCE_CODE_CHALLENGE,
    },
    outbox::MessageKind,
    parameter::{Kind, optional, required},
    pkce::check_challenge,
    proof::{Link, Proof, Purpose, Recipient},
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
        LOCALE,
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
    let redirect =
        link::redirect_url(call, "reset_password_redirect_url", &INVALID_PASSWORD_RESET_REDIRECT_URL)?;
    link::redirect_url(call, "login_redirect_url", &INVALID_LOGIN_REDIRECT_URL)?;
    let code_challenge = call.parameters.string("code_challenge").map(check_challenge).transpose()?;
    let mut state = call.app.state();
    let user = state.user_by_email(address).ok_or(&EMAIL_NOT_FOUND)?;
    let email = user.email(address).ok_or(&EMAIL_NOT_FOUND)?;
    let minutes = call.parameters.integer("reset_password_expiration_minutes").unwrap_or(DEFAULT_MINUTES);
    let proof = Proof {
        key: call.app.ids.token(),
        user_id: user.user_id.clone(),
        expires_at: call.now + Duration::minutes(minutes),
        purpose: Purpose::ResetPassword(Link {
            recipient: Recipient { id: email.email_id.clone(), address: email.email.clone(), is_new: false },
            code_challenge,
            attributes: Attributes::of(&call.parameters),
        }),
    };
    let link = link::with_token(redirect.unwrap_or(DEFAULT_REDIRECT_URL), "reset_password", &proof.key);
    let template_id = call.parameters.string("reset_password_template_id");
    let message = mail::with_link(call, MessageKind::ResetPassword, &email.email, &proof, link, template_id);
    let body =
        object([("user_id", proof.user_id.as_str().into()), ("email_id", email.email_id.as_str().into())]);
    state.commit(Change { proofs: vec![proof], messages: vec![message], ..Change::default() }, call.now)?;
    Ok(body)
}
