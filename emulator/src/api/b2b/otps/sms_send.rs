//! `POST /v1/b2b/otps/sms/send`: a passcode by text message. A member without a phone number gets the number in the
//! request.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            before,
            members::new,
            named::{self, MEMBER_ID, ORGANIZATION_ID},
            second_factor,
        },
        otps::sent::{self, PHONE_LOCALE, passcode},
        shared::{session_jwt, session_token},
    },
    api_error::{
        ApiError, DUPLICATE_MEMBER_PHONE_NUMBER_FOR_MEMBER, INVALID_PHONE_NUMBER,
        MEMBER_PHONE_NUMBER_NOT_FOUND,
    },
    member::Member,
    outbox::Channel,
    parameter::{Kind, optional},
    proof::Recipient,
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/otps/sms/send",
    parameters: &[
        ORGANIZATION_ID,
        MEMBER_ID,
        optional("mfa_phone_number", Kind::String),
        PHONE_LOCALE,
        second_factor::TOKEN,
        session_token(),
        session_jwt(),
    ],
    access: Access::Project,
    error_types: &[
        &[&INVALID_PHONE_NUMBER, &MEMBER_PHONE_NUMBER_NOT_FOUND, &DUPLICATE_MEMBER_PHONE_NUMBER_FOR_MEMBER],
        second_factor::PREPARE_ERROR_TYPES,
        named::ERROR_TYPES,
        before::ERROR_TYPES,
    ],
    handler: send,
};

fn send(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let is_new = |member: &Member| member.verified_phone().is_none();
    let (organization, mut member) = second_factor::prepare(call, &state, "sms_otp", is_new)?;
    let phone = match (&member.mfa_phone, call.parameters.string("mfa_phone_number")) {
        (None, None) => return Err((&MEMBER_PHONE_NUMBER_NOT_FOUND).into()),
        (Some(phone), Some(number)) if phone.phone_number != number => {
            return Err((&DUPLICATE_MEMBER_PHONE_NUMBER_FOR_MEMBER).into());
        }
        (Some(phone), _) => phone.clone(),
        (None, Some(number)) => new::phone(call, number)?,
    };
    let recipient =
        Recipient { id: phone.phone_id.clone(), address: phone.phone_number.clone(), is_new: false };
    let (key, minutes) = (phone.phone_id.clone(), sent::DEFAULT_MINUTES);
    let (proof, message) = passcode(call, &member.member_id, key, &recipient, Channel::Sms, minutes, "");
    member.mfa_phone = Some(phone);
    let body = named::body(&organization, &member);
    let change =
        Change { members: vec![member], proofs: vec![proof], messages: vec![message], ..Change::default() };
    state.commit(change, call.now)?;
    Ok(body)
}
