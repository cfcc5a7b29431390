//! `POST /v1/b2b/passwords/email/reset`: sets a new password with the token from the email. All sessions end.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            before::{self, INTERMEDIATE_SESSION_TOKEN},
            log_in::Login,
        },
        passwords::new_password,
        shared::{LOCALE, session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{ApiError, CUSTOM_CLAIMS_TOO_LARGE, UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN},
    member::Member,
    organization::Organization,
    parameter::{Kind, optional, required},
    pkce::{VERIFIER_ERROR_TYPES, check_verifier},
    proof::Purpose,
    route::{Access, Call, ResponseBody, Route},
    session::Method as FactorMethod,
    state::{Change, State},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/passwords/email/reset",
    parameters: &[
        required("password_reset_token", Kind::Secret),
        required("password", Kind::Secret),
        session_token(),
        session_minutes(),
        session_jwt(),
        optional("code_verifier", Kind::Secret),
        session_claims(),
        LOCALE,
        INTERMEDIATE_SESSION_TOKEN,
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        &[&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN, &CUSTOM_CLAIMS_TOO_LARGE],
        VERIFIER_ERROR_TYPES,
        new_password::ERROR_TYPES,
        before::ERROR_TYPES,
    ],
    handler: reset,
};

fn reset(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let (_, member) = find_token(call, &call.app.state())?;
    let new = call.parameters.required("password")?;
    let password = new_password::accept(call, &member.email_address, new)?;
    let mut state = call.app.state();
    // Checked again: another request may have used the token while the password was hashed.
    let (organization, mut member) = find_token(call, &state)?;
    member.password = Some(password);
    let sessions = state.sessions_of(&member.member_id, call.now);
    let change = Change {
        ended_sessions: sessions.map(|session| session.session_id.clone()).collect(),
        used_proofs: vec![call.parameters.required("password_reset_token")?.to_owned()],
        ..Change::default()
    };
    let email_id = member.email_id.clone();
    let method =
        FactorMethod::MagicLink { email_id: email_id.clone(), email_address: member.email_address.clone() };
    let login = Login::by_link(call, &state, organization, member)?;
    let mut body = login.finish(call, &mut state, Some(method), change)?;
    body.insert("member_email_id".to_owned(), email_id.into());
    Ok(body)
}

/// Returns the member to whom the token of the request was sent.
fn find_token(call: &Call<'_>, state: &State) -> Result<(Organization, Member), ApiError> {
    let token = call.parameters.required("password_reset_token")?;
    let proof = state.proof(token).filter(|proof| proof.is_valid(call.now));
    let Some((proof, Purpose::ResetPassword(link))) = proof.map(|proof| (proof, &proof.purpose)) else {
        return Err((&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN).into());
    };
    check_verifier(link.code_challenge.as_deref(), call.parameters.string("code_verifier"))?;
    let member = state.member(&proof.user_id).filter(|member| member.email_id == link.recipient.id);
    let member = member.ok_or(&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN)?;
    let organization = state.organization(&member.organization_id);
    Ok((organization.ok_or(&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN)?.clone(), member.clone()))
}
