//! `POST /v1/b2b/totp/authenticate`: the second step of a login, with a code of an authenticator app.

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
    api_error::{ApiError, EXPIRED_TOTP, TOTP_NOT_FOUND},
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    session::Method as FactorMethod,
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/totp/authenticate",
    parameters: &[
        ORGANIZATION_ID,
        MEMBER_ID,
        required("code", Kind::Secret),
        second_factor::TOKEN,
        session_token(),
        session_jwt(),
        session_minutes(),
        session_claims(),
        second_factor::SET_ENROLLMENT,
        second_factor::SET_DEFAULT,
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        &[&TOTP_NOT_FOUND, &EXPIRED_TOTP],
        used::CODE_ERROR_TYPES,
        second_factor::ERROR_TYPES,
        named::ERROR_TYPES,
        before::ERROR_TYPES,
    ],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut login = second_factor::login(call, &state, Some("totp"))?;
    let totp = login.member.totp.as_mut().ok_or(&TOTP_NOT_FOUND)?;
    if !totp.is_usable(call.now) {
        return Err((&EXPIRED_TOTP).into());
    }
    used::accept(totp, call.parameters.required("code")?, call.now)?;
    let method = FactorMethod::Totp { totp_id: totp.totp_id.clone() };
    second_factor::finish(call, &mut state, login, "totp", method, Change::default())
}
