//! `POST …/members/{member_id}/start_email_update`: a link or a passcode to a new address of a member. The address
//! changes when the member logs in with it.

use hyper::Method;

use super::new;
use crate::{
    api::{
        b2b::{
            acting::{self, Actor},
            named::{self, EMAIL_ADDRESS},
        },
        link::{redirect_url, with_token},
        magic_links::sent,
        mail,
        otps::sent::passcode,
        shared::LOCALE,
    },
    api_error::{ApiError, INVALID_LOGIN_REDIRECT_URL},
    outbox::{Channel, MessageKind},
    parameter::{Kind, optional},
    proof::{Purpose, Recipient},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

/// The validity of the link or the passcode.
const MINUTES: i64 = 5;

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/organizations/{organization_id}/members/{member_id}/start_email_update",
    parameters: &[
        EMAIL_ADDRESS,
        optional("login_redirect_url", Kind::String),
        LOCALE,
        optional("login_template_id", Kind::String),
        optional("delivery_method", Kind::OneOf(&["EMAIL_MAGIC_LINK", "EMAIL_OTP"])),
    ],
    access: Access::Member,
    error_types: &[
        &[&INVALID_LOGIN_REDIRECT_URL],
        named::ERROR_TYPES,
        new::ADDRESS_ERROR_TYPES,
        acting::ERROR_TYPES,
    ],
    handler: start,
};

fn start(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let redirect = redirect_url(call, "login_redirect_url", &INVALID_LOGIN_REDIRECT_URL)?;
    let mut state = call.app.state();
    let (organization, member) = named::member(call, &state)?;
    Actor::of(call, &state, &organization)?.may_with(&member, "update.info.email")?;
    let address = call.parameters.required("email_address")?;
    new::free_address(&state, &organization, address, Some(&member))?;
    let id = call.app.ids.id("member-email");
    let recipient = Recipient { id: id.clone(), address: address.to_owned(), is_new: true };
    let member_id = &member.member_id;
    let (proof, message) = if call.parameters.string("delivery_method") == Some("EMAIL_OTP") {
        let template = "login_template_id";
        passcode(call, member_id, id, &recipient, Channel::Email, MINUTES, template)
    } else {
        let proof = sent::proof(call, member_id, &recipient, MINUTES, None, Purpose::MagicLink);
        let target = redirect.unwrap_or(sent::DEFAULT_REDIRECT_URL);
        let link = with_token(target, "multi_tenant_magic_links", &proof.key);
        let template_id = call.parameters.string("login_template_id");
        let message = mail::with_link(call, MessageKind::Login, address, &proof, link, template_id);
        (proof, message)
    };
    let change = Change { proofs: vec![proof], messages: vec![message], ..Change::default() };
    state.commit(change, call.now)?;
    Ok(named::body(&organization, &member))
}
