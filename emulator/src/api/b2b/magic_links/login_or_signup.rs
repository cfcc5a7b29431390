//! `POST /v1/b2b/magic_links/email/login_or_signup`: a link to a member, or to a new member if the organization allows
//! it.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            addressed::{self, Addressed},
            named::{self, EMAIL_ADDRESS, ORGANIZATION_ID},
        },
        link::{redirect_url, with_token},
        magic_links::sent::{self, minutes},
        mail,
        shared::LOCALE,
    },
    api_error::{
        ApiError, INVALID_LOGIN_REDIRECT_URL, INVALID_PKCE_CODE_CHALLENGE, INVALID_SIGNUP_REDIRECT_URL,
    },
    outbox::MessageKind,
    parameter::{Kind, optional},
    pkce::check_challenge,
    proof::Purpose,
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

const DEFAULT_MINUTES: i64 = 60;

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/magic_links/email/login_or_signup",
    parameters: &[
        ORGANIZATION_ID,
        EMAIL_ADDRESS,
        optional("login_redirect_url", Kind::String),
        optional("signup_redirect_url", Kind::String),
        optional("pkce_code_challenge", Kind::String),
        optional("login_template_id", Kind::String),
        optional("signup_template_id", Kind::String),
        LOCALE,
        minutes("login_expiration_minutes"),
        minutes("signup_expiration_minutes"),
    ],
    access: Access::Project,
    error_types: &[
        &[&INVALID_LOGIN_REDIRECT_URL, &INVALID_SIGNUP_REDIRECT_URL, &INVALID_PKCE_CODE_CHALLENGE],
        addressed::ERROR_TYPES,
    ],
    handler: login_or_signup,
};

fn login_or_signup(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let login_url = redirect_url(call, "login_redirect_url", &INVALID_LOGIN_REDIRECT_URL)?;
    let signup_url = redirect_url(call, "signup_redirect_url", &INVALID_SIGNUP_REDIRECT_URL)?;
    let challenge = call.parameters.string("pkce_code_challenge").map(check_challenge).transpose()?;
    let mut state = call.app.state();
    let to = Addressed::of(call, &state, "magic_link")?;
    let (kind, url, minutes, template) = if to.is_signup() {
        (MessageKind::Signup, signup_url, "signup_expiration_minutes", "signup_template_id")
    } else {
        (MessageKind::Login, login_url, "login_expiration_minutes", "login_template_id")
    };
    let minutes = call.parameters.integer(minutes).unwrap_or(DEFAULT_MINUTES);
    let member_id = &to.member.member_id;
    let proof = sent::proof(call, member_id, &to.recipient(), minutes, challenge, Purpose::MagicLink);
    let link = with_token(url.unwrap_or(sent::DEFAULT_REDIRECT_URL), "multi_tenant_magic_links", &proof.key);
    let template_id = call.parameters.string(template);
    let message = mail::with_link(call, kind, &to.member.email_address, &proof, link, template_id);
    let mut body = named::body(&to.organization, &to.member);
    body.insert("member_created".to_owned(), to.created.into());
    let change =
        Change { members: to.into_new(), proofs: vec![proof], messages: vec![message], ..Change::default() };
    state.commit(change, call.now)?;
    Ok(body)
}
