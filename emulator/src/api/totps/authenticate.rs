//! `POST /v1/totps/authenticate`: a login with a code of an authenticator app.

use hyper::Method;

use super::used::{self, is_app_code};
use crate::{
    api::{
        log_in::log_in,
        session_grant,
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{
        ApiError, INVALID_TOTP_CODE, RECOVERY_CODE_USED_AS_TOTP_CODE, TOTP_CODE_ALREADY_AUTHENTICATED,
        UNABLE_TO_AUTHENTICATE_TOTP,
    },
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    session::Method as FactorMethod,
    state::Change,
    totp,
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
    error_types: &[
        &[
            &INVALID_TOTP_CODE,
            &RECOVERY_CODE_USED_AS_TOTP_CODE,
            &TOTP_CODE_ALREADY_AUTHENTICATED,
            &UNABLE_TO_AUTHENTICATE_TOTP,
        ],
        used::ERROR_TYPES,
        session_grant::ERROR_TYPES,
    ],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let code = call.parameters.required("totp_code")?;
    let mut state = call.app.state();
    let (mut user, index) = used::user(call, &state)?;
    let totp = &mut user.factors.totps[index];
    if !is_app_code(code) {
        let is_recovery_code = totp.recovery_codes.iter().any(|known| known == code);
        let error = if is_recovery_code { &RECOVERY_CODE_USED_AS_TOTP_CODE } else { &INVALID_TOTP_CODE };
        return Err(error.into());
    }
    let step = totp::step_of(&totp.secret, code, call.now).ok_or(&UNABLE_TO_AUTHENTICATE_TOTP)?;
    if totp.last_step.is_some_and(|last| step <= last) {
        return Err((&TOTP_CODE_ALREADY_AUTHENTICATED).into());
    }
    totp.last_step = Some(step);
    totp.verified = true;
    let totp_id = totp.totp_id.clone();
    let method = FactorMethod::Totp { totp_id: totp_id.clone() };
    let mut body = log_in(call, &mut state, user, method, Change::default())?;
    body.insert("totp_id".to_owned(), totp_id.into());
    Ok(body)
}
