//! `POST /v1/b2b/recovery_codes/recover`: the second step of a login, with a recovery code, which can be used once.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            before,
            named::{self, MEMBER_ID, ORGANIZATION_ID},
            second_factor,
        },
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
        totps::used,
    },
    api_error::{ApiError, RECOVERY_CODES_NOT_FOUND},
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    session::Method as FactorMethod,
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/recovery_codes/recover",
    parameters: &[
        ORGANIZATION_ID,
        MEMBER_ID,
        required("recovery_code", Kind::Secret),
        second_factor::TOKEN,
        session_token(),
        session_jwt(),
        session_minutes(),
        session_claims(),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        &[&RECOVERY_CODES_NOT_FOUND],
        used::RECOVERY_ERROR_TYPES,
        second_factor::ERROR_TYPES,
        named::ERROR_TYPES,
        before::ERROR_TYPES,
    ],
    handler: recover,
};

fn recover(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut login = second_factor::login(call, &state, None)?;
    let totp = login.member.totp.as_mut().filter(|totp| totp.verified).ok_or(&RECOVERY_CODES_NOT_FOUND)?;
    used::recover(totp, call.parameters.required("recovery_code")?)?;
    let remaining = totp.recovery_codes.len();
    let method = FactorMethod::RecoveryCode { totp_recovery_code_id: call.app.ids.id("totp-recovery-code") };
    let mut body = second_factor::finish(call, &mut state, login, "", method, Change::default())?;
    body.insert("recovery_codes_remaining".to_owned(), remaining.into());
    Ok(body)
}
