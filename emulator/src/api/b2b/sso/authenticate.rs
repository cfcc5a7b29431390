//! `POST /v1/b2b/sso/authenticate`: a login with the token of a login at an identity provider.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            before::{self, INTERMEDIATE_SESSION_TOKEN},
            log_in::Login,
            members::new,
        },
        otps::sent::PHONE_LOCALE,
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{
        ApiError, CUSTOM_CLAIMS_TOO_LARGE, INVALID_CONNECTION_FOR_JIT_PROVISIONING, SSO_CONNECTION_NOT_FOUND,
        SSO_TOKEN_NOT_FOUND,
    },
    member::{Member, SsoRegistration},
    organization::Organization,
    parameter::{Kind, optional, required},
    pkce::{VERIFIER_ERROR_TYPES, check_verifier},
    proof::{Purpose, SsoLogin},
    route::{Access, Call, ResponseBody, Route},
    session::Method as FactorMethod,
    state::{Change, State},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/sso/authenticate",
    parameters: &[
        required("sso_token", Kind::Secret),
        optional("pkce_code_verifier", Kind::Secret),
        session_token(),
        session_jwt(),
        session_minutes(),
        session_claims(),
        PHONE_LOCALE,
        INTERMEDIATE_SESSION_TOKEN,
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        &[
            &SSO_TOKEN_NOT_FOUND,
            &SSO_CONNECTION_NOT_FOUND,
            &INVALID_CONNECTION_FOR_JIT_PROVISIONING,
            &CUSTOM_CLAIMS_TOO_LARGE,
        ],
        VERIFIER_ERROR_TYPES,
        new::ADDRESS_ERROR_TYPES,
        before::ERROR_TYPES,
    ],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let proof = state.proof(call.parameters.required("sso_token")?).filter(|proof| proof.is_valid(call.now));
    let Some((key, Purpose::SsoLogin(known))) = proof.map(|proof| (proof.key.clone(), &proof.purpose)) else {
        return Err((&SSO_TOKEN_NOT_FOUND).into());
    };
    check_verifier(known.code_challenge.as_deref(), call.parameters.string("pkce_code_verifier"))?;
    let known = (**known).clone();
    let organization = state.organization(&known.organization_id).ok_or(&SSO_CONNECTION_NOT_FOUND)?.clone();
    let connection = organization.sso_connection(&known.connection_id).ok_or(&SSO_CONNECTION_NOT_FOUND)?;
    let protocol = connection.protocol();
    let mut member = member(call, &state, &organization, &known)?;
    if member.name.is_empty() {
        member.name.clone_from(&known.name);
    }
    let method = FactorMethod::Sso {
        protocol,
        id: register(call, &mut member, &known),
        provider_id: known.connection_id,
        external_id: known.external_id,
    };
    // The identity provider belongs to the organization, so no other proof of the address is needed.
    let login = Login::of(call, &state, organization, member)?;
    let change = Change { used_proofs: vec![key], ..Change::default() };
    let mut body = login.finish(call, &mut state, Some(method), change)?;
    body.insert("reset_session".to_owned(), false.into());
    Ok(body)
}

/// Returns the member with the account. Otherwise, returns the member with its address, or a new member.
fn member(
    call: &Call<'_>,
    state: &State,
    organization: &Organization,
    known: &SsoLogin,
) -> Result<Member, ApiError> {
    let has_account = |member: &&Member| {
        let is_it = |registration: &SsoRegistration| {
            registration.connection_id == known.connection_id && registration.external_id == known.external_id
        };
        !member.is_deleted() && member.sso_registrations.iter().any(is_it)
    };
    let of_address = || state.member_with_address(&organization.organization_id, &known.email_address);
    if let Some(member) = state.members().find(has_account).or_else(of_address) {
        return Ok(member.clone());
    }
    let settings = &organization.settings;
    let lets_join = match settings.sso_jit_provisioning.as_str() {
        "ALL_ALLOWED" => true,
        "RESTRICTED" => settings.sso_jit_provisioning_allowed_connections.contains(&known.connection_id),
        _ => false,
    };
    if !lets_join {
        return Err((&INVALID_CONNECTION_FOR_JIT_PROVISIONING).into());
    }
    new::member(call, state, organization, &known.email_address)
}

/// Adds the account to a member, with its current attributes. Returns the id of the registration.
fn register(call: &Call<'_>, member: &mut Member, known: &SsoLogin) -> String {
    let is_it = |registration: &&mut SsoRegistration| {
        registration.connection_id == known.connection_id && registration.external_id == known.external_id
    };
    if let Some(registration) = member.sso_registrations.iter_mut().find(is_it) {
        registration.sso_attributes.clone_from(&known.attributes);
        return registration.registration_id.clone();
    }
    let registration_id = call.app.ids.id("sso-registration");
    member.sso_registrations.push(SsoRegistration {
        connection_id: known.connection_id.clone(),
        external_id: known.external_id.clone(),
        registration_id: registration_id.clone(),
        sso_attributes: known.attributes.clone(),
    });
    registration_id
}
