//! `POST /v1/b2b/magic_links/email/invite`: a link to a new member, who is `invited` until they log in with it.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            acting::{self, Actor},
            members::new,
            named::{self, EMAIL_ADDRESS, ORGANIZATION_ID},
            requirement::allows_primary,
            roles,
        },
        link::{redirect_url, with_token},
        magic_links::sent::{self, minutes},
        mail,
        shared::LOCALE,
    },
    api_error::{
        ApiError, CANNOT_UPDATE_TRUSTED_METADATA, DUPLICATE_MEMBER_EMAIL, INVALID_EMAIL_FOR_INVITES,
        INVALID_INVITE_REDIRECT_URL, MEMBER_NOT_FOUND, OPERATION_RESTRICTED_BY_ORGANIZATION_AUTH_METHODS,
    },
    member::{Member, MemberStatus},
    organization::Organization,
    outbox::MessageKind,
    parameter::{Kind, optional},
    proof::{Purpose, Recipient},
    route::{Access, Call, ResponseBody, Route},
    state::{Change, State},
};

/// One week.
const DEFAULT_MINUTES: i64 = 10_080;

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/magic_links/email/invite",
    parameters: &[
        ORGANIZATION_ID,
        EMAIL_ADDRESS,
        optional("invite_redirect_url", Kind::String),
        optional("invited_by_member_id", Kind::String),
        optional("name", Kind::String),
        optional("trusted_metadata", Kind::Map),
        optional("untrusted_metadata", Kind::Map),
        optional("invite_template_id", Kind::String),
        LOCALE,
        optional("roles", Kind::StringList),
        minutes("invite_expiration_minutes"),
    ],
    access: Access::Member,
    error_types: &[
        &[
            &INVALID_INVITE_REDIRECT_URL,
            &INVALID_EMAIL_FOR_INVITES,
            &CANNOT_UPDATE_TRUSTED_METADATA,
            &OPERATION_RESTRICTED_BY_ORGANIZATION_AUTH_METHODS,
        ],
        named::ERROR_TYPES,
        new::ADDRESS_ERROR_TYPES,
        new::ERROR_TYPES,
        roles::ERROR_TYPES,
        acting::ERROR_TYPES,
    ],
    handler: invite,
};

fn invite(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let redirect = redirect_url(call, "invite_redirect_url", &INVALID_INVITE_REDIRECT_URL)?;
    let mut state = call.app.state();
    let organization = named::organization(call, &state)?;
    let actor = Actor::of(call, &state, &organization)?;
    actor.may("stytch.member", "create")?;
    if call.parameters.has("trusted_metadata") && !actor.is_application() {
        return Err((&CANNOT_UPDATE_TRUSTED_METADATA).into());
    }
    if let Some(id) = call.parameters.string("invited_by_member_id") {
        state.member_called(&organization.organization_id, id).ok_or(&MEMBER_NOT_FOUND)?;
    }
    let mut member = invited(call, &state, &organization)?;
    new::set(call, &organization, &mut member)?;
    member.status = MemberStatus::Invited;
    let recipient =
        Recipient { id: member.email_id.clone(), address: member.email_address.clone(), is_new: false };
    let minutes = call.parameters.integer("invite_expiration_minutes").unwrap_or(DEFAULT_MINUTES);
    let proof = sent::proof(call, &member.member_id, &recipient, minutes, None, Purpose::Invite);
    let link =
        with_token(redirect.unwrap_or(sent::DEFAULT_REDIRECT_URL), "multi_tenant_magic_links", &proof.key);
    let template_id = call.parameters.string("invite_template_id");
    let (kind, address) = (MessageKind::Invite, &recipient.address);
    let message = mail::with_link(call, kind, address, &proof, link, template_id);
    let body = named::body(&organization, &member);
    let change =
        Change { members: vec![member], proofs: vec![proof], messages: vec![message], ..Change::default() };
    state.commit(change, call.now)?;
    Ok(body)
}

/// Returns the invited member. A member who has not logged in yet can be invited again.
fn invited(call: &Call<'_>, state: &State, organization: &Organization) -> Result<Member, ApiError> {
    let address = call.parameters.required("email_address")?;
    let known = state.member_with_address(&organization.organization_id, address);
    if !allows_primary(organization, known, "magic_link") {
        return Err((&OPERATION_RESTRICTED_BY_ORGANIZATION_AUTH_METHODS).into());
    }
    match known {
        Some(member) if member.status == MemberStatus::Active => Err((&DUPLICATE_MEMBER_EMAIL).into()),
        Some(member) => Ok(member.clone()),
        None => {
            let member = new::member(call, state, organization, address)?;
            if !organization.settings.lets_invite(address) {
                return Err((&INVALID_EMAIL_FOR_INVITES).into());
            }
            Ok(member)
        }
    }
}
