//! `POST /v1/b2b/passwords/discovery/email/reset/start`: an email with a link that resets the password of an address in
//! all organizations.

use hyper::Method;

use super::reset_mail::{self, MINUTES, sent_to};
use crate::{
    api::{b2b::named::EMAIL_ADDRESS, identity, link::redirect_url},
    api_error::{ApiError, INVALID_DISCOVERY_REDIRECT_URL, INVALID_EMAIL},
    parameter::{Kind, optional},
    proof::Recipient,
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/passwords/discovery/email/reset/start",
    parameters: &[
        EMAIL_ADDRESS,
        optional("reset_password_redirect_url", Kind::String),
        optional("discovery_redirect_url", Kind::String),
        optional("reset_password_template_id", Kind::String),
        MINUTES,
        optional("pkce_code_challenge", Kind::String),
        optional("locale", Kind::String),
        optional("verify_email_template_id", Kind::String),
    ],
    access: Access::Project,
    error_types: &[&[&INVALID_EMAIL, &INVALID_DISCOVERY_REDIRECT_URL], reset_mail::ERROR_TYPES],
    handler: start,
};

fn start(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let address = call.parameters.required("email_address")?;
    identity::require_email(address)?;
    redirect_url(call, "discovery_redirect_url", &INVALID_DISCOVERY_REDIRECT_URL)?;
    let recipient = Recipient { id: String::new(), address: address.to_owned(), is_new: false };
    let change = sent_to(call, "", &recipient, "pkce_code_challenge", "multi_tenant_passwords")?;
    call.app.state().commit(change, call.now)?;
    Ok(ResponseBody::new())
}
