//! `POST /v1/otps/email/send`: a passcode by email, to a user who exists.

use hyper::Method;

use crate::{
    api::{
        attributes::ATTRIBUTES,
        otps::sent::{self, MINUTES},
        reach::{self, Reach},
        shared::{LOCALE, session_jwt, session_token},
    },
    api_error::ApiError,
    outbox::Channel,
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/otps/email/send",
    parameters: &[
        required("email", Kind::String),
        MINUTES,
        ATTRIBUTES,
        LOCALE,
        optional("user_id", Kind::String),
        session_token(),
        session_jwt(),
        optional("login_template_id", Kind::String),
        optional("signup_template_id", Kind::String),
    ],
    access: Access::Project,
    error_types: &[reach::EMAIL_ERROR_TYPES, reach::SELECTION_ERROR_TYPES],
    handler: send,
};

fn send(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let target = reach::existing(call, &state, Reach::Email)?;
    sent::send(call, &mut state, target, Reach::Email, Channel::Email)
}
