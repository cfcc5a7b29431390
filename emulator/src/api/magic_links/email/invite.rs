//! `POST /v1/magic_links/email/invite`: a link for a new user, who is pending until the first login with it.

use hyper::Method;

use crate::{
    api::{
        attributes::ATTRIBUTES,
        link::{redirect_url, with_token},
        magic_links::sent::{self, minutes},
        mail,
        reach::{self, Reach},
        shared::LOCALE,
    },
    api_error::{
        ApiError, DUPLICATE_EMAIL, INVALID_EMAIL, INVALID_INVITE_MAGIC_LINK_URL, METADATA_TOO_LARGE,
        METADATA_TOO_MANY_KEYS,
    },
    outbox::MessageKind,
    parameter::{Kind, optional, required},
    proof::Purpose,
    route::{Access, Call, ResponseBody, Route},
    state::Change,
    user::{NAME, Status},
};

/// A week.
const DEFAULT_MINUTES: i64 = 10_080;

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/magic_links/email/invite",
    parameters: &[
        required("email", Kind::String),
        optional("invite_template_id", Kind::String),
        ATTRIBUTES,
        optional("name", NAME),
        optional("invite_magic_link_url", Kind::String),
        minutes("invite_expiration_minutes"),
        LOCALE,
        optional("trusted_metadata", Kind::Map),
        optional("untrusted_metadata", Kind::Map),
    ],
    access: Access::Project,
    error_types: &[
        &[&INVALID_EMAIL],
        &[&DUPLICATE_EMAIL, &INVALID_INVITE_MAGIC_LINK_URL, &METADATA_TOO_LARGE, &METADATA_TOO_MANY_KEYS],
    ],
    handler: invite,
};

fn invite(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let redirect = redirect_url(call, "invite_magic_link_url", &INVALID_INVITE_MAGIC_LINK_URL)?;
    let mut state = call.app.state();
    let mut target = reach::existing_or_new(call, &state, Reach::Email)?;
    // A user who has not accepted an invitation can be invited again.
    if !target.created && target.user.status == Status::Active {
        return Err((&DUPLICATE_EMAIL).into());
    }
    target.user.status = Status::Pending;
    target.user.update(&call.parameters)?;
    let minutes = call.parameters.integer("invite_expiration_minutes").unwrap_or(DEFAULT_MINUTES);
    let recipient = &target.recipient;
    let proof = sent::proof(call, &target.user.user_id, recipient, minutes, None, Purpose::Invite);
    let template_id = call.parameters.string("invite_template_id");
    let link = with_token(redirect.unwrap_or(sent::DEFAULT_REDIRECT_URL), "magic_links", &proof.key);
    let message = mail::with_link(call, MessageKind::Invite, &recipient.address, &proof, link, template_id);
    let body = sent::body(&target);
    let change = Change {
        users: vec![target.user],
        proofs: vec![proof],
        messages: vec![message],
        ..Change::default()
    };
    state.commit(change, call.now)?;
    Ok(body)
}
