//! `POST /v1/b2b/otps/email/login_or_signup`: a passcode by email to a member, or to a new member if the organization
//! allows it.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            addressed::{self, Addressed},
            named::{self, EMAIL_ADDRESS, ORGANIZATION_ID},
        },
        otps::sent::passcode,
        shared::LOCALE,
    },
    api_error::ApiError,
    outbox::Channel,
    parameter::{Kind, Parameter, optional},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(super) const DEFAULT_MINUTES: i64 = 10;

/// Two to fifteen minutes.
pub(super) const fn minutes(name: &'static str) -> Parameter {
    optional(name, Kind::Integer { least: 2, most: 15 })
}

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/otps/email/login_or_signup",
    parameters: &[
        ORGANIZATION_ID,
        EMAIL_ADDRESS,
        optional("login_template_id", Kind::String),
        optional("signup_template_id", Kind::String),
        LOCALE,
        minutes("login_expiration_minutes"),
        minutes("signup_expiration_minutes"),
    ],
    access: Access::Project,
    error_types: &[addressed::ERROR_TYPES],
    handler: login_or_signup,
};

fn login_or_signup(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let to = Addressed::of(call, &state, "email_otp")?;
    let (minutes, template) = if to.is_signup() {
        ("signup_expiration_minutes", "signup_template_id")
    } else {
        ("login_expiration_minutes", "login_template_id")
    };
    let minutes = call.parameters.integer(minutes).unwrap_or(DEFAULT_MINUTES);
    let (recipient, member_id) = (to.recipient(), &to.member.member_id);
    let key = recipient.id.clone();
    let (proof, message) = passcode(call, member_id, key, &recipient, Channel::Email, minutes, template);
    let mut body = named::body(&to.organization, &to.member);
    body.insert("member_created".to_owned(), to.created.into());
    let change =
        Change { members: to.into_new(), proofs: vec![proof], messages: vec![message], ..Change::default() };
    state.commit(change, call.now)?;
    Ok(body)
}
