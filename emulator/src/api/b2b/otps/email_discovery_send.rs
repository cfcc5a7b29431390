//! `POST /v1/b2b/otps/email/discovery/send`: a passcode to an address, whoever has it. The organization is chosen later.

use hyper::Method;

use super::email_login_or_signup::{DEFAULT_MINUTES, minutes};
use crate::{
    api::{b2b::named::EMAIL_ADDRESS, identity, otps::sent::passcode, shared::LOCALE},
    api_error::{ApiError, INVALID_EMAIL},
    outbox::Channel,
    parameter::{Kind, optional},
    proof::Recipient,
    route::{Access, Call, ResponseBody, Route},
    state::Change,
    user::address_key,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/otps/email/discovery/send",
    parameters: &[
        EMAIL_ADDRESS,
        optional("login_template_id", Kind::String),
        LOCALE,
        minutes("discovery_expiration_minutes"),
    ],
    access: Access::Project,
    error_types: &[&[&INVALID_EMAIL]],
    handler: send,
};

/// Returns the key of a passcode that was sent to an address.
pub(super) fn key(address: &str) -> String {
    format!("discovery {}", address_key(address))
}

fn send(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let address = call.parameters.required("email_address")?;
    identity::require_email(address)?;
    let minutes = call.parameters.integer("discovery_expiration_minutes").unwrap_or(DEFAULT_MINUTES);
    let recipient = Recipient { id: String::new(), address: address.to_owned(), is_new: false };
    let (key, template) = (key(address), "login_template_id");
    let (proof, message) = passcode(call, "", key, &recipient, Channel::Email, minutes, template);
    let change = Change { proofs: vec![proof], messages: vec![message], ..Change::default() };
    call.app.state().commit(change, call.now)?;
    Ok(ResponseBody::new())
}
