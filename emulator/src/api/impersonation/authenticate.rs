//! `POST /v1/impersonation/authenticate`: a session as a user, with a token that `POST /_emulator/impersonation` makes.

use hyper::Method;

use crate::{
    api::{authenticated, session_grant},
    api_error::{ApiError, UNABLE_TO_AUTH_IMPERSONATION_TOKEN},
    parameter::{Kind, required},
    proof::Purpose,
    route::{Access, Call, ResponseBody, Route},
    session::{Factor, Method as FactorMethod},
    state::Change,
};

/// How long the session lasts.
const MINUTES: i64 = 60;

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/impersonation/authenticate",
    parameters: &[required("impersonation_token", Kind::Secret)],
    access: Access::Project,
    error_types: &[&[&UNABLE_TO_AUTH_IMPERSONATION_TOKEN]],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let proof = state.proof(call.parameters.required("impersonation_token")?);
    let proof = proof.filter(|proof| proof.is_valid(call.now)).ok_or(&UNABLE_TO_AUTH_IMPERSONATION_TOKEN)?;
    let Purpose::Impersonation { impersonator_id, impersonator_email_address } = proof.purpose.clone() else {
        return Err((&UNABLE_TO_AUTH_IMPERSONATION_TOKEN).into());
    };
    let user = state.user(&proof.user_id).ok_or(&UNABLE_TO_AUTH_IMPERSONATION_TOKEN)?;
    let method = FactorMethod::Impersonated { impersonator_id, impersonator_email_address };
    let granted = session_grant::start(call, user, Factor::new(method, call.now), MINUTES)?;
    let mut body = authenticated::body(user, &granted);
    body.remove("user_device");
    let change = Change {
        used_proofs: vec![proof.key.clone()],
        sessions: granted.into_sessions(),
        ..Change::default()
    };
    state.commit(change, call.now)?;
    Ok(body)
}
