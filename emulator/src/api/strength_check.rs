//! `POST /v1/passwords/strength_check`: how good a password is.

use hyper::Method;
use serde_json::Value;

use crate::{
    app::{Answer, Call},
    parameter::{Kind, optional, required},
    refusal::Refusal,
    route::Route,
    strength,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/passwords/strength_check",
    parameters: &[required("password", Kind::Text), optional("email", Kind::Text)],
    refusals: &[],
    handler: strength_check,
};

fn strength_check(call: &Call<'_>) -> Result<Answer, Refusal> {
    let strength = strength::assess(call.parameters.required("password")?, call.parameters.text("email"));
    match strength.to_json() {
        Value::Object(answer) => Ok(answer),
        _ => Ok(Answer::new()),
    }
}
