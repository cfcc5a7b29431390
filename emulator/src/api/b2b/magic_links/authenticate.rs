//! `POST /v1/b2b/magic_links/authenticate`: a login with the token of a link.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            before::{self, INTERMEDIATE_SESSION_TOKEN},
            log_in::Login,
            members::new,
        },
        shared::{LOCALE, session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{ApiError, CUSTOM_CLAIMS_TOO_LARGE, UNABLE_TO_AUTH_MAGIC_LINK},
    member::Member,
    organization::Organization,
    parameter::{Kind, optional, required},
    pkce::{VERIFIER_ERROR_TYPES, check_verifier},
    proof::{Proof, Purpose, Recipient},
    route::{Access, Call, ResponseBody, Route},
    session::Method as FactorMethod,
    state::{Change, State},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/magic_links/authenticate",
    parameters: &[
        required("magic_links_token", Kind::Secret),
        optional("pkce_code_verifier", Kind::Secret),
        session_token(),
        session_jwt(),
        session_minutes(),
        session_claims(),
        LOCALE,
        INTERMEDIATE_SESSION_TOKEN,
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        &[&UNABLE_TO_AUTH_MAGIC_LINK, &CUSTOM_CLAIMS_TOO_LARGE],
        VERIFIER_ERROR_TYPES,
        new::ADDRESS_ERROR_TYPES,
        before::ERROR_TYPES,
    ],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let token = call.parameters.required("magic_links_token")?;
    let proof = state.proof(token).filter(|proof| proof.is_valid(call.now));
    let Some((proof, Purpose::MagicLink(link) | Purpose::Invite(link))) =
        proof.map(|proof| (proof, &proof.purpose))
    else {
        return Err((&UNABLE_TO_AUTH_MAGIC_LINK).into());
    };
    check_verifier(link.code_challenge.as_deref(), call.parameters.string("pkce_code_verifier"))?;
    let (organization, member) =
        reached(&state, proof, &link.recipient)?.ok_or(&UNABLE_TO_AUTH_MAGIC_LINK)?;
    let method = FactorMethod::MagicLink {
        email_id: member.email_id.clone(),
        email_address: member.email_address.clone(),
    };
    let change = Change { used_proofs: vec![proof.key.clone()], ..Change::default() };
    let method_id = member.email_id.clone();
    let login = Login::by_link(call, &state, organization, member)?;
    let mut body = login.finish(call, &mut state, Some(method), change)?;
    body.insert("method_id".to_owned(), method_id.into());
    body.insert("reset_sessions".to_owned(), false.into());
    Ok(body)
}

/// Returns the member to whom a proof was sent. `None` if the member was deleted or no longer has the address. A proof
/// for a new address changes the member's address.
///
/// # Errors
///
/// `duplicate_member_email` and `retired_member_email` if another member now has the new address.
pub(in crate::api::b2b) fn reached(
    state: &State,
    proof: &Proof,
    recipient: &Recipient,
) -> Result<Option<(Organization, Member)>, ApiError> {
    let member = state.member(&proof.user_id).filter(|member| !member.is_deleted());
    let Some(mut member) = member.cloned() else { return Ok(None) };
    let Some(organization) = state.organization(&member.organization_id).cloned() else { return Ok(None) };
    if member.email_id != recipient.id {
        if !recipient.is_new {
            return Ok(None);
        }
        new::free_address(state, &organization, &recipient.address, Some(&member))?;
        member.change_address(recipient.id.clone(), recipient.address.clone());
    }
    Ok(Some((organization, member)))
}
