//! `PUT /v1/b2b/organizations/{organization_id}/members/{member_id}`: changes the fields of the request, and keeps the
//! others.

use hyper::Method;

use super::new;
use crate::{
    api::b2b::{
        acting::{self, Actor},
        named, roles,
    },
    api_error::{
        ApiError, CANNOT_UPDATE_TRUSTED_METADATA, DEFAULT_MFA_MEMBER_MISSING_FACTOR,
        DUPLICATE_MEMBER_PHONE_NUMBER_FOR_MEMBER, INVALID_MFA_DEFAULT_METHOD,
        MEMBER_CANNOT_UPDATE_THEIR_EMAIL_ADDRESS,
    },
    member::Member,
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
    user::same_address,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::PUT,
    path: "/v1/b2b/organizations/{organization_id}/members/{member_id}",
    parameters: &[
        optional("name", Kind::String),
        optional("trusted_metadata", Kind::Map),
        optional("untrusted_metadata", Kind::Map),
        optional("is_breakglass", Kind::Bool),
        optional("mfa_phone_number", Kind::String),
        optional("mfa_enrolled", Kind::Bool),
        optional("roles", Kind::StringList),
        optional("preserve_existing_sessions", Kind::Bool),
        optional("default_mfa_method", Kind::String),
        optional("email_address", Kind::String),
        optional("external_id", Kind::String),
        optional("unlink_email", Kind::Bool),
    ],
    access: Access::Member,
    error_types: &[
        &[
            &CANNOT_UPDATE_TRUSTED_METADATA,
            &DUPLICATE_MEMBER_PHONE_NUMBER_FOR_MEMBER,
            &MEMBER_CANNOT_UPDATE_THEIR_EMAIL_ADDRESS,
            &INVALID_MFA_DEFAULT_METHOD,
            &DEFAULT_MFA_MEMBER_MISSING_FACTOR,
        ],
        named::ERROR_TYPES,
        new::ADDRESS_ERROR_TYPES,
        new::ERROR_TYPES,
        roles::ERROR_TYPES,
        acting::ERROR_TYPES,
    ],
    handler: update,
};

/// The actions that change a field. A permission for the own member or for all members is needed.
static ACTIONS: [(&str, &str); 5] = [
    ("name", "update.info.name"),
    ("untrusted_metadata", "update.info.untrusted-metadata"),
    ("mfa_phone_number", "update.info.mfa-phone"),
    ("mfa_enrolled", "update.settings.mfa-enrolled"),
    ("default_mfa_method", "update.settings.default-mfa-method"),
];

/// The actions that change a field. A permission for all members is needed.
static ACTIONS_ON_ANYBODY: [(&str, &str); 4] = [
    ("is_breakglass", "update.settings.is-breakglass"),
    ("roles", "update.settings.roles"),
    ("email_address", "update.info.email"),
    ("external_id", "update.info.external-id"),
];

fn update(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let (organization, mut member) = named::member(call, &state)?;
    authorize(call, &Actor::of(call, &state, &organization)?, &member)?;
    if let Some(number) = call.parameters.string("mfa_phone_number")
        && member.mfa_phone.as_ref().is_some_and(|phone| phone.phone_number != number)
    {
        return Err((&DUPLICATE_MEMBER_PHONE_NUMBER_FOR_MEMBER).into());
    }
    let (phone, roles) = (member.mfa_phone.clone(), member.roles.clone());
    new::set(call, &organization, &mut member)?;
    new::set_external_id(call, &state, &mut member)?;
    if phone.is_some() {
        member.mfa_phone = phone;
    }
    if let Some(method) = call.parameters.string("default_mfa_method") {
        set_default_method(&mut member, method)?;
    }
    if let Some(address) = call.parameters.string("email_address")
        && !same_address(address, &member.email_address)
    {
        new::free_address(&state, &organization, address, Some(&member))?;
        member.change_address(call.app.ids.id("member-email"), address.to_owned());
        member.password = None;
        if call.parameters.bool("unlink_email").unwrap_or(false) {
            member.retired_emails.pop();
        }
    }
    let body = named::body(&organization, &member);
    let ended_sessions = new::ended_sessions(call, &state, &organization, &member, &roles);
    state.commit(Change { members: vec![member], ended_sessions, ..Change::default() }, call.now)?;
    Ok(body)
}

fn authorize(call: &Call<'_>, actor: &Actor, member: &Member) -> Result<(), ApiError> {
    if call.parameters.has("trusted_metadata") && !actor.is_application() {
        return Err((&CANNOT_UPDATE_TRUSTED_METADATA).into());
    }
    for (name, action) in ACTIONS {
        if call.parameters.has(name) {
            actor.may_with(member, action)?;
        }
    }
    if call.parameters.has("email_address") && actor.is(member) {
        return Err((&MEMBER_CANNOT_UPDATE_THEIR_EMAIL_ADDRESS).into());
    }
    for (name, action) in ACTIONS_ON_ANYBODY {
        if call.parameters.has(name) {
            actor.may("stytch.member", action)?;
        }
    }
    Ok(())
}

fn set_default_method(member: &mut Member, method: &str) -> Result<(), ApiError> {
    let has_it = match method {
        "sms_otp" => member.mfa_phone.is_some(),
        "totp" => member.totp.is_some(),
        _ => return Err((&INVALID_MFA_DEFAULT_METHOD).into()),
    };
    if !has_it {
        return Err((&DEFAULT_MFA_MEMBER_MISSING_FACTOR).into());
    }
    method.clone_into(&mut member.default_mfa_method);
    Ok(())
}
