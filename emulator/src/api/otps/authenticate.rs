//! `POST /v1/otps/authenticate`: a login with a passcode.

use hyper::Method;

use super::checked;
use crate::{
    api::{
        attributes::{self, ATTRIBUTES, OPTIONS},
        log_in::log_in,
        reach::{self, Reach},
        session_grant,
        shared::{session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{
        ATTRIBUTE_MISMATCH, ApiError, DUPLICATE_EMAIL, DUPLICATE_PHONE_NUMBER, UNABLE_TO_AUTH_OTP_CODE,
    },
    outbox::Channel,
    parameter::{Kind, required},
    proof::{Passcode, Recipient},
    route::{Access, Call, ResponseBody, Route},
    session::{Delivery, Method as FactorMethod},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/otps/authenticate",
    parameters: &[
        required("method_id", Kind::String),
        required("code", Kind::Secret),
        ATTRIBUTES,
        OPTIONS,
        session_token(),
        session_minutes(),
        session_jwt(),
        session_claims(),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        checked::ERROR_TYPES,
        &[&ATTRIBUTE_MISMATCH, &DUPLICATE_EMAIL, &DUPLICATE_PHONE_NUMBER],
        session_grant::ERROR_TYPES,
    ],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let (method_id, code) = (call.parameters.required("method_id")?, call.parameters.required("code")?);
    let mut state = call.app.state();
    let (proof, passcode) = checked::passcode(call, &state, method_id, code)?;
    attributes::check(call, &passcode.attributes)?;
    let reach = if passcode.channel == Channel::Email { Reach::Email } else { Reach::Phone };
    let user = reach::reached(&state, reach, &proof.user_id, &passcode.recipient)?;
    let user = user.ok_or(&UNABLE_TO_AUTH_OTP_CODE)?;
    let method = method(passcode);
    let change = Change { used_proofs: vec![proof.key.clone()], ..Change::default() };
    let mut body = log_in(call, &mut state, user, method, change)?;
    body.insert("method_id".to_owned(), method_id.into());
    body.insert("reset_sessions".to_owned(), false.into());
    Ok(body)
}

fn method(passcode: &Passcode) -> FactorMethod {
    let Recipient { id, address, .. } = passcode.recipient.clone();
    match passcode.channel {
        Channel::Email => FactorMethod::EmailPasscode { email_id: id, email_address: address },
        Channel::Sms => {
            FactorMethod::PhonePasscode { delivery: Delivery::Sms, phone_id: id, phone_number: address }
        }
        Channel::Whatsapp => {
            FactorMethod::PhonePasscode { delivery: Delivery::Whatsapp, phone_id: id, phone_number: address }
        }
    }
}
