//! `GET /v1/sessions/jwks/{project_id}`: the key that verifies session JWTs.

use hyper::Method;

use super::shared::object;
use crate::{
    app::{Answer, Call},
    refusal::{PROJECT_NOT_FOUND, Refusal},
    route::{Access, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/sessions/jwks/{project_id}",
    parameters: &[],
    // JWT libraries fetch the keys of an issuer, and have no credentials to send.
    access: Access::Everybody,
    refusals: &[&[&PROJECT_NOT_FOUND]],
    handler: jwks,
};

fn jwks(call: &Call<'_>) -> Result<Answer, Refusal> {
    if call.parameters.required("project_id")? != call.app.settings.credentials.project_id {
        return Err((&PROJECT_NOT_FOUND).into());
    }
    Ok(object([("keys", vec![call.app.signer.jwk()].into())]))
}
