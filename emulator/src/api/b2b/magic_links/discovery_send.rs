//! `POST /v1/b2b/magic_links/email/discovery/send`: a link to an address, whoever has it. The organization is chosen later.

use hyper::Method;

use crate::{
    api::{
        b2b::named::EMAIL_ADDRESS,
        identity,
        link::{redirect_url, with_token},
        magic_links::sent::{self, minutes},
        mail,
        shared::LOCALE,
    },
    api_error::{ApiError, INVALID_DISCOVERY_REDIRECT_URL, INVALID_EMAIL, INVALID_PKCE_CODE_CHALLENGE},
    outbox::MessageKind,
    parameter::{Kind, optional},
    pkce::check_challenge,
    proof::{Purpose, Recipient},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

const DEFAULT_MINUTES: i64 = 60;

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/magic_links/email/discovery/send",
    parameters: &[
        EMAIL_ADDRESS,
        optional("discovery_redirect_url", Kind::String),
        optional("pkce_code_challenge", Kind::String),
        optional("login_template_id", Kind::String),
        LOCALE,
        minutes("discovery_expiration_minutes"),
    ],
    access: Access::Project,
    error_types: &[&[&INVALID_EMAIL, &INVALID_DISCOVERY_REDIRECT_URL, &INVALID_PKCE_CODE_CHALLENGE]],
    handler: send,
};

fn send(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let address = call.parameters.required("email_address")?;
    identity::require_email(address)?;
    let redirect = redirect_url(call, "discovery_redirect_url", &INVALID_DISCOVERY_REDIRECT_URL)?;
    let challenge = call.parameters.string("pkce_code_challenge").map(check_challenge).transpose()?;
    let minutes = call.parameters.integer("discovery_expiration_minutes").unwrap_or(DEFAULT_MINUTES);
    let recipient = Recipient { id: String::new(), address: address.to_owned(), is_new: false };
    let proof = sent::proof(call, "", &recipient, minutes, challenge, Purpose::MagicLink);
    let link = with_token(redirect.unwrap_or(sent::DEFAULT_REDIRECT_URL), "discovery", &proof.key);
    let template_id = call.parameters.string("login_template_id");
    let message = mail::with_link(call, MessageKind::Login, address, &proof, link, template_id);
    let change = Change { proofs: vec![proof], messages: vec![message], ..Change::default() };
    call.app.state().commit(change, call.now)?;
    Ok(ResponseBody::new())
}
