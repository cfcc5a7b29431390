//! `POST /v1/otps/sms/login_or_create`: a passcode by text message, to a user who is created if nobody has the number.

use hyper::Method;

use crate::{
    api::{
        attributes::ATTRIBUTES,
        otps::sent::{self, MINUTES, PHONE_LOCALE},
        reach::{self, Reach},
    },
    api_error::{ApiError, INVALID_PHONE_NUMBER},
    outbox::Channel,
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/otps/sms/login_or_create",
    parameters: &[
        required("phone_number", Kind::String),
        MINUTES,
        ATTRIBUTES,
        optional("create_user_as_pending", Kind::Bool),
        PHONE_LOCALE,
    ],
    access: Access::Project,
    error_types: &[&[&INVALID_PHONE_NUMBER]],
    handler: login_or_create,
};

fn login_or_create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let target = reach::existing_or_new(call, &state, Reach::Phone)?;
    let created = target.created;
    let mut body = sent::send(call, &mut state, target, Reach::Phone, Channel::Sms)?;
    body.insert("user_created".to_owned(), created.into());
    Ok(body)
}
