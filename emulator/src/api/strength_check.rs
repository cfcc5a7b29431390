//! `POST /v1/passwords/strength_check`: how good a password is.

use hyper::Method;

use crate::{
    app::{Answer, Call},
    parameter::{Kind, optional, required},
    refusal::Refusal,
    route::{Access, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/strength_check",
    parameters: &[required("password", Kind::Text), optional("email", Kind::Text)],
    access: Access::Project,
    refusals: &[],
    handler: strength_check,
};

fn strength_check(call: &Call<'_>) -> Result<Answer, Refusal> {
    let strength = call.app.strength();
    let verdict = strength.assess(call.parameters.required("password")?, call.parameters.text("email"));
    Ok(strength.describe(&verdict))
}
