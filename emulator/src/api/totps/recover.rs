//! `POST /v1/totps/recover`: a login with a recovery code, which can be used once.

use hyper::Method;

use super::used;
use crate::{
    api::{
        log_in::log_in,
        session_grant,
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{ApiError, TOTPS_NOT_FOUND_FOR_USER},
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    session::Method as FactorMethod,
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/totps/recover",
    parameters: &[
        required("user_id", Kind::String),
        required("recovery_code", Kind::Secret),
        session_token(),
        session_minutes(),
        session_jwt(),
        session_claims(),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[used::RECOVERY_ERROR_TYPES, used::ERROR_TYPES, session_grant::ERROR_TYPES],
    handler: recover,
};

fn recover(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let code = call.parameters.required("recovery_code")?;
    let mut state = call.app.state();
    let (mut user, index) = used::user(call, &state)?;
    let totp = &mut user.factors.totps[index];
    if !totp.verified {
        return Err((&TOTPS_NOT_FOUND_FOR_USER).into());
    }
    used::recover(totp, code)?;
    let totp_id = totp.totp_id.clone();
    let method = FactorMethod::RecoveryCode { totp_recovery_code_id: call.app.ids.id("totp-recovery-code") };
    let mut body = log_in(call, &mut state, user, method, Change::default())?;
    body.insert("totp_id".to_owned(), totp_id.into());
    Ok(body)
}
