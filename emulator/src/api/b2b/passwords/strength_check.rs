//! `POST /v1/b2b/passwords/strength_check`: assesses a password.

use hyper::Method;

use crate::{
    api_error::ApiError,
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/passwords/strength_check",
    parameters: &[required("password", Kind::Secret), optional("email_address", Kind::String)],
    access: Access::Project,
    error_types: &[],
    handler: strength_check,
};

fn strength_check(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let strength = call.app.strength();
    let address = call.parameters.string("email_address");
    let verdict = strength.assess(call.parameters.required("password")?, address);
    Ok(strength.describe_for_member(&verdict))
}
