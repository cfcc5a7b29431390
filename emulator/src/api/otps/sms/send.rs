//! `POST /v1/otps/sms/send`: a passcode by text message, to a user who exists.

use hyper::Method;

use crate::{
    api::{
        attributes::ATTRIBUTES,
        otps::sent::{self, MINUTES, PHONE_LOCALE},
        reach::{self, Reach},
        shared::{session_jwt, session_token},
    },
    api_error::ApiError,
    outbox::Channel,
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/otps/sms/send",
    parameters: &[
        required("phone_number", Kind::String),
        MINUTES,
        ATTRIBUTES,
        PHONE_LOCALE,
        optional("user_id", Kind::String),
        session_token(),
        session_jwt(),
    ],
    access: Access::Project,
    error_types: &[reach::PHONE_ERROR_TYPES, reach::SELECTION_ERROR_TYPES],
    handler: send,
};

fn send(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let target = reach::existing(call, &state, Reach::Phone)?;
    sent::send(call, &mut state, target, Reach::Phone, Channel::Sms)
}
