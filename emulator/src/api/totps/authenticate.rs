//! `POST /v1/totps/authenticate`: a login with a code of an authenticator app.

use hyper::Method;

use super::used;
use crate::{
    api::{
        log_in::log_in,
        session_grant,
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::ApiError,
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    session::Method as FactorMethod,
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/totps/authenticate",
    parameters: &[
        required("user_id", Kind::String),
        required("totp_code", Kind::Secret),
        session_token(),
        session_minutes(),
        session_jwt(),
        session_claims(),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[used::CODE_ERROR_TYPES, used::ERROR_TYPES, session_grant::ERROR_TYPES],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let code = call.parameters.required("totp_code")?;
    let mut state = call.app.state();
    let (mut user, index) = used::user(call, &state)?;
    let totp = &mut user.factors.totps[index];
    used::accept(totp, code, call.now)?;
    let totp_id = totp.totp_id.clone();
    let method = FactorMethod::Totp { totp_id: totp_id.clone() };
    let mut body = log_in(call, &mut state, user, method, Change::default())?;
    body.insert("totp_id".to_owned(), totp_id.into());
    Ok(body)
}
