//! `GET /v1/sessions/jwks/{project_id}`: the key that verifies session JWTs.

use hyper::Method;

use crate::{
    api::shared::object,
    api_error::{ApiError, PROJECT_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/sessions/jwks/{project_id}",
    parameters: &[],
    // JWT libraries fetch the keys of an issuer without credentials.
    access: Access::Everybody,
    error_types: &[&[&PROJECT_NOT_FOUND]],
    handler: jwks,
};

pub(in crate::api) fn jwks(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    if call.parameters.required("project_id")? != call.app.settings.credentials.project_id {
        return Err((&PROJECT_NOT_FOUND).into());
    }
    Ok(object([("keys", vec![call.app.signer.jwk()].into())]))
}
