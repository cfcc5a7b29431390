//! `POST /v1/magic_links/email/send`: a link to a user who exists.

use hyper::Method;

use crate::{
    api::{
        attributes::ATTRIBUTES,
        magic_links::sent::{self, minutes},
        reach::{self, Reach},
        shared::{LOCALE, session_jwt, session_token},
    },
    api_error::ApiError,
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/magic_links/email/send",
    parameters: &[
        required("email", Kind::String),
        optional("login_template_id", Kind::String),
        ATTRIBUTES,
        optional("login_magic_link_url", Kind::String),
        optional("signup_magic_link_url", Kind::String),
        minutes("login_expiration_minutes"),
        minutes("signup_expiration_minutes"),
        optional("code_challenge", Kind::String),
        optional("user_id", Kind::String),
        session_token(),
        session_jwt(),
        LOCALE,
        optional("signup_template_id", Kind::String),
    ],
    access: Access::Project,
    error_types: &[reach::EMAIL_ERROR_TYPES, reach::SELECTION_ERROR_TYPES, sent::ERROR_TYPES],
    handler: send,
};

fn send(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let target = reach::existing(call, &state, Reach::Email)?;
    let change = sent::login_or_signup(call, &target)?;
    state.commit(change, call.now)?;
    Ok(sent::body(&target))
}
