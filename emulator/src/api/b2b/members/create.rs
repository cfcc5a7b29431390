//! `POST /v1/b2b/organizations/{organization_id}/members`: a new member.

use hyper::Method;

use super::new;
use crate::{
    api::b2b::{
        acting::{self, Actor},
        named::{self, EMAIL_ADDRESS},
        roles,
    },
    api_error::{ApiError, CANNOT_UPDATE_TRUSTED_METADATA, ORGANIZATION_NOT_FOUND},
    member::MemberStatus,
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/organizations/{organization_id}/members",
    parameters: &[
        EMAIL_ADDRESS,
        optional("name", Kind::String),
        optional("trusted_metadata", Kind::Map),
        optional("untrusted_metadata", Kind::Map),
        optional("create_member_as_pending", Kind::Bool),
        optional("is_breakglass", Kind::Bool),
        optional("mfa_phone_number", Kind::String),
        optional("mfa_enrolled", Kind::Bool),
        optional("roles", Kind::StringList),
        optional("external_id", Kind::String),
    ],
    access: Access::Member,
    error_types: &[
        &[&ORGANIZATION_NOT_FOUND, &CANNOT_UPDATE_TRUSTED_METADATA],
        new::ADDRESS_ERROR_TYPES,
        new::ERROR_TYPES,
        roles::ERROR_TYPES,
        acting::ERROR_TYPES,
    ],
    handler: create,
};

fn create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let organization = named::organization(call, &state)?;
    let actor = Actor::of(call, &state, &organization)?;
    actor.may("stytch.member", "create")?;
    if call.parameters.has("trusted_metadata") && !actor.is_application() {
        return Err((&CANNOT_UPDATE_TRUSTED_METADATA).into());
    }
    let mut member = new::member(call, &state, &organization, call.parameters.required("email_address")?)?;
    new::set(call, &organization, &mut member)?;
    new::set_external_id(call, &state, &mut member)?;
    if call.parameters.bool("create_member_as_pending").unwrap_or(false) {
        member.status = MemberStatus::Pending;
    }
    let body = named::body(&organization, &member);
    state.commit(Change { members: vec![member], ..Change::default() }, call.now)?;
    Ok(body)
}
