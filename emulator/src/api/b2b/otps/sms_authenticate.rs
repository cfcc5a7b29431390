//! `POST /v1/b2b/otps/sms/authenticate`: the second step of a login, with a passcode from a text message.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            before,
            named::{self, MEMBER_ID, ORGANIZATION_ID},
            second_factor,
        },
        otps::checked,
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{ApiError, MEMBER_PHONE_NUMBER_NOT_FOUND},
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    session::{Delivery, Method as FactorMethod},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/otps/sms/authenticate",
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
        &[&MEMBER_PHONE_NUMBER_NOT_FOUND],
        checked::ERROR_TYPES,
        second_factor::ERROR_TYPES,
        named::ERROR_TYPES,
        before::ERROR_TYPES,
    ],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut login = second_factor::login(call, &state, Some("sms_otp"))?;
    let phone = login.member.mfa_phone.as_mut().ok_or(&MEMBER_PHONE_NUMBER_NOT_FOUND)?;
    let code = call.parameters.required("code")?;
    checked::passcode(call, &state, &phone.phone_id, code)?;
    phone.verified = true;
    let change = Change { used_proofs: vec![phone.phone_id.clone()], ..Change::default() };
    let method = FactorMethod::PhonePasscode {
        delivery: Delivery::Sms,
        phone_id: phone.phone_id.clone(),
        phone_number: phone.phone_number.clone(),
    };
    second_factor::finish(call, &mut state, login, "sms_otp", method, change)
}
