//! `POST /v1/magic_links/email/login_or_create`: a link to a user, who is created if nobody has the address.

use hyper::Method;

use crate::{
    api::{
        attributes::ATTRIBUTES,
        magic_links::sent::{self, minutes},
        reach::{self, Reach},
        shared::LOCALE,
    },
    api_error::{ApiError, INVALID_EMAIL},
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/magic_links/email/login_or_create",
    parameters: &[
        required("email", Kind::String),
        optional("login_magic_link_url", Kind::String),
        optional("signup_magic_link_url", Kind::String),
        minutes("login_expiration_minutes"),
        minutes("signup_expiration_minutes"),
        optional("login_template_id", Kind::String),
        optional("signup_template_id", Kind::String),
        ATTRIBUTES,
        optional("create_user_as_pending", Kind::Bool),
        optional("code_challenge", Kind::String),
        LOCALE,
    ],
    access: Access::Project,
    error_types: &[&[&INVALID_EMAIL], sent::ERROR_TYPES],
    handler: login_or_create,
};

fn login_or_create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let target = reach::existing_or_new(call, &state, Reach::Email)?;
    let change = sent::login_or_signup(call, &target)?;
    let mut body = sent::body(&target);
    body.insert("user_created".to_owned(), target.created.into());
    let users = if target.created { vec![target.user] } else { Vec::new() };
    state.commit(Change { users, ..change }, call.now)?;
    Ok(body)
}
