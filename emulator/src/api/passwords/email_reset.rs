//! `POST /v1/passwords/email/reset`: sets a new password with the token from the email.

use hyper::Method;

use super::new_password;
use crate::{
    api::{
        attributes::{self, ATTRIBUTES, OPTIONS},
        authenticated, session_grant,
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{ATTRIBUTE_MISMATCH, ApiError, UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN},
    parameter::{Kind, optional, required},
    pkce::{VERIFIER_ERROR_TYPES, check_verifier},
    proof::{Proof, Purpose},
    route::{Access, Call, ResponseBody, Route},
    session::{Factor, Method as FactorMethod},
    state::{Change, State},
    user::{Email, User},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/email/reset",
    parameters: &[
        required("token", Kind::Secret),
        required("password", Kind::Secret),
        session_token(),
        session_minutes(),
        session_jwt(),
        optional("code_verifier", Kind::Secret),
        session_claims(),
        ATTRIBUTES,
        OPTIONS,
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        &[&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN, &ATTRIBUTE_MISMATCH],
        VERIFIER_ERROR_TYPES,
        new_password::ERROR_TYPES,
        session_grant::ERROR_TYPES,
    ],
    handler: reset,
};

fn reset(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let (_, _, email) = find_token(call, &call.app.state())?;
    let password = new_password::accept(call, &email.email, call.parameters.required("password")?)?;
    let mut state = call.app.state();
    // Checked again: another request may have used the token while the password was hashed.
    let (proof, mut user, email) = find_token(call, &state)?;
    user.password = Some(password);
    for known in user.emails.iter_mut().filter(|known| known.email_id == email.email_id) {
        known.verified = true;
    }
    let method = FactorMethod::MagicLink { email_id: email.email_id, email_address: email.email };
    let granted = session_grant::grant(call, &state, &user, Some(Factor::new(method, call.now)))?;
    let body = authenticated::body(&user, &granted);
    let change = Change {
        ended_sessions: granted.others_of(&state, &user.user_id, call.now),
        users: vec![user],
        sessions: granted.into_sessions(),
        used_proofs: vec![proof.key],
        ..Change::default()
    };
    state.commit(change, call.now)?;
    Ok(body)
}

/// Returns the proof of the request, with the user and the address to which it was sent.
fn find_token(call: &Call<'_>, state: &State) -> Result<(Proof, User, Email), ApiError> {
    let proof = state.proof(call.parameters.required("token")?).filter(|proof| proof.is_valid(call.now));
    let Some((proof, Purpose::ResetPassword(link))) = proof.map(|proof| (proof, &proof.purpose)) else {
        return Err((&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN).into());
    };
    check_verifier(link.code_challenge.as_deref(), call.parameters.string("code_verifier"))?;
    attributes::check(call, &link.attributes)?;
    let user = state.user(&proof.user_id).ok_or(&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN)?;
    let email = user.emails.iter().find(|email| email.email_id == link.recipient.id);
    let email = email.ok_or(&UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN)?;
    Ok((proof.clone(), user.clone(), email.clone()))
}
