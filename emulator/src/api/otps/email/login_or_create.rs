//! `POST /v1/otps/email/login_or_create`: a passcode by email, to a user who is created if nobody has the address.

use hyper::Method;

use crate::{
    api::{
        attributes::ATTRIBUTES,
        otps::sent::{self, MINUTES},
        reach::{self, Reach},
        shared::LOCALE,
    },
    api_error::{ApiError, INVALID_EMAIL},
    outbox::Channel,
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/otps/email/login_or_create",
    parameters: &[
        required("email", Kind::String),
        MINUTES,
        ATTRIBUTES,
        optional("create_user_as_pending", Kind::Bool),
        LOCALE,
        optional("login_template_id", Kind::String),
        optional("signup_template_id", Kind::String),
    ],
    access: Access::Project,
    error_types: &[&[&INVALID_EMAIL]],
    handler: login_or_create,
};

fn login_or_create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let target = reach::existing_or_new(call, &state, Reach::Email)?;
    let created = target.created;
    let mut body = sent::send(call, &mut state, target, Reach::Email, Channel::Email)?;
    body.insert("user_created".to_owned(), created.into());
    Ok(body)
}
