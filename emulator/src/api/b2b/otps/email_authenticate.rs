//! `POST /v1/b2b/otps/email/authenticate`: a login with a passcode from an email.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            before::{self, INTERMEDIATE_SESSION_TOKEN},
            log_in::Login,
            magic_links::authenticate::reached,
            members::new,
            named::{self, EMAIL_ADDRESS, ORGANIZATION_ID},
        },
        otps::checked,
        shared::{LOCALE, session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{ApiError, CUSTOM_CLAIMS_TOO_LARGE, UNABLE_TO_AUTH_OTP_CODE},
    member::Member,
    organization::Organization,
    parameter::{Kind, required},
    proof::{Proof, Purpose},
    route::{Access, Call, ResponseBody, Route},
    session::Method as FactorMethod,
    state::{Change, State},
    user::same_address,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/otps/email/authenticate",
    parameters: &[
        ORGANIZATION_ID,
        EMAIL_ADDRESS,
        required("code", Kind::Secret),
        session_token(),
        session_jwt(),
        INTERMEDIATE_SESSION_TOKEN,
        session_minutes(),
        session_claims(),
        LOCALE,
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        &[&CUSTOM_CLAIMS_TOO_LARGE],
        checked::ERROR_TYPES,
        named::ERROR_TYPES,
        new::ADDRESS_ERROR_TYPES,
        before::ERROR_TYPES,
    ],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let organization = named::organization(call, &state)?;
    let key = key(call, &state, &organization)?;
    let (proof, passcode) = checked::passcode(call, &state, &key, call.parameters.required("code")?)?;
    let (organization, member) =
        reached(&state, proof, &passcode.recipient)?.ok_or(&UNABLE_TO_AUTH_OTP_CODE)?;
    let method = FactorMethod::EmailPasscode {
        email_id: member.email_id.clone(),
        email_address: member.email_address.clone(),
    };
    let change = Change { used_proofs: vec![key], ..Change::default() };
    let method_id = member.email_id.clone();
    let login = Login::of(call, &state, organization, member)?;
    let mut body = login.finish(call, &mut state, Some(method), change)?;
    body.insert("method_id".to_owned(), method_id.into());
    Ok(body)
}

/// Returns the key of the passcode that was sent to the address. A member has the address, or is about to change to it.
fn key(call: &Call<'_>, state: &State, organization: &Organization) -> Result<String, ApiError> {
    let address = call.parameters.required("email_address")?;
    if let Some(member) = state.member_with_address(&organization.organization_id, address) {
        return Ok(member.email_id.clone());
    }
    let is_update =
        |member: &&Member| member.organization_id == organization.organization_id && !member.is_deleted();
    let is_for_address = |proof: &&Proof| match &proof.purpose {
        Purpose::Passcode(passcode) => {
            passcode.recipient.is_new
                && proof.is_valid(call.now)
                && same_address(&passcode.recipient.address, address)
        }
        _ => false,
    };
    let mut updates = state.members().filter(is_update).flat_map(|member| state.proofs_of(&member.member_id));
    Ok(updates.find(is_for_address).ok_or(&UNABLE_TO_AUTH_OTP_CODE)?.key.clone())
}
