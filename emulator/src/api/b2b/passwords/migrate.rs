//! `POST /v1/b2b/passwords/migrate`: imports the hash of another system as a member's password.

use hyper::Method;

use crate::{
    api::b2b::{
        members::new,
        named::{self, EMAIL_ADDRESS, ORGANIZATION_ID},
        roles,
    },
    api_error::{ApiError, ORGANIZATION_NOT_FOUND, PASSWORD_ALREADY_EXISTS},
    member::Member,
    organization::Organization,
    parameter::{Kind, optional, required},
    password::{self, ARGON_2, PBKDF_2, SALTS, SCRYPT},
    route::{Access, Call, ResponseBody, Route},
    state::{Change, State},
    user::Password,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/passwords/migrate",
    parameters: &[
        EMAIL_ADDRESS,
        required("hash", Kind::Secret),
        required("hash_type", Kind::String),
        ORGANIZATION_ID,
        optional("md_5_config", SALTS),
        optional("argon_2_config", ARGON_2),
        optional("sha_1_config", SALTS),
        optional("sha_512_config", SALTS),
        optional("scrypt_config", SCRYPT),
        optional("pbkdf_2_config", PBKDF_2),
        optional("name", Kind::String),
        optional("trusted_metadata", Kind::Map),
        optional("untrusted_metadata", Kind::Map),
        optional("roles", Kind::StringList),
        optional("preserve_existing_sessions", Kind::Bool),
        optional("mfa_phone_number", Kind::String),
        optional("set_phone_number_verified", Kind::Bool),
        optional("external_id", Kind::String),
    ],
    access: Access::Project,
    error_types: &[
        &[&ORGANIZATION_NOT_FOUND, &PASSWORD_ALREADY_EXISTS],
        new::ADDRESS_ERROR_TYPES,
        new::ERROR_TYPES,
        roles::ERROR_TYPES,
        password::ERROR_TYPES,
    ],
    handler: migrate,
};

fn migrate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let (hash, hash_type) = (call.parameters.required("hash")?, call.parameters.required("hash_type")?);
    let stored = password::import(hash, hash_type, &call.parameters)?;
    let mut state = call.app.state();
    let organization = named::organization(call, &state)?;
    let (mut member, created) = existing_or_new(call, &state, &organization)?;
    let password_id = call.app.ids.id("member-password");
    member.password = Some(Password { password_id, requires_reset: false, stored });
    // The application has verified the address.
    member.email_address_verified = true;
    let (phone, roles) = (member.mfa_phone.clone(), member.roles.clone());
    new::set(call, &organization, &mut member)?;
    // The parameter is documented for new members only. Existing members keep their value.
    if created {
        new::set_external_id(call, &state, &mut member)?;
    }
    // A phone number stays, as with an update.
    if phone.is_some() {
        member.mfa_phone = phone;
    } else if let Some(phone) = &mut member.mfa_phone {
        phone.verified = call.parameters.bool("set_phone_number_verified").unwrap_or(false);
    }
    let mut body = named::body(&organization, &member);
    body.insert("member_created".to_owned(), created.into());
    let ended_sessions = new::ended_sessions(call, &state, &organization, &member, &roles);
    state.commit(Change { members: vec![member], ended_sessions, ..Change::default() }, call.now)?;
    Ok(body)
}

fn existing_or_new(
    call: &Call<'_>,
    state: &State,
    organization: &Organization,
) -> Result<(Member, bool), ApiError> {
    let address = call.parameters.required("email_address")?;
    match state.member_with_address(&organization.organization_id, address) {
        Some(member) if member.password.is_some() => Err((&PASSWORD_ALREADY_EXISTS).into()),
        Some(member) => Ok((member.clone(), false)),
        None => Ok((new::member(call, state, organization, address)?, true)),
    }
}
