//! `POST /v1/b2b/passwords/email/reset/start`: an email with a link that resets the password.

use hyper::Method;

use super::reset_mail::{self, MINUTES, sent_to};
use crate::{
    api::{
        b2b::named::{self, EMAIL_ADDRESS, ORGANIZATION_ID},
        link::redirect_url,
        shared::{LOCALE, object},
    },
    api_error::{ApiError, INVALID_LOGIN_REDIRECT_URL, MEMBER_NOT_FOUND},
    parameter::{Kind, optional},
    proof::Recipient,
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/passwords/email/reset/start",
    parameters: &[
        ORGANIZATION_ID,
        EMAIL_ADDRESS,
        optional("reset_password_redirect_url", Kind::String),
        MINUTES,
        optional("code_challenge", Kind::String),
        optional("login_redirect_url", Kind::String),
        LOCALE,
        optional("reset_password_template_id", Kind::String),
        optional("verify_email_template_id", Kind::String),
    ],
    access: Access::Project,
    error_types: &[&[&INVALID_LOGIN_REDIRECT_URL], named::ERROR_TYPES, reset_mail::ERROR_TYPES],
    handler: start,
};

fn start(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    redirect_url(call, "login_redirect_url", &INVALID_LOGIN_REDIRECT_URL)?;
    let mut state = call.app.state();
    let organization = named::organization(call, &state)?;
    let address = call.parameters.required("email_address")?;
    let member = state.member_with_address(&organization.organization_id, address);
    let member = member.ok_or(&MEMBER_NOT_FOUND)?.clone();
    let recipient =
        Recipient { id: member.email_id.clone(), address: member.email_address.clone(), is_new: false };
    let change = sent_to(call, &member.member_id, &recipient, "code_challenge", "multi_tenant_passwords")?;
    state.commit(change, call.now)?;
    Ok(object([
        ("member_id", member.member_id.as_str().into()),
        ("member_email_id", member.email_id.as_str().into()),
        ("member", member.to_json(&organization)),
    ]))
}
