//! `GET /v1/m2m/clients/{client_id}`: a client.

use hyper::Method;
use serde_json::Value;

use crate::{
    api::{m2m::named, shared::object},
    api_error::{ApiError, M2M_CLIENT_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/m2m/clients/{client_id}",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&M2M_CLIENT_NOT_FOUND]],
    handler: get,
};

fn get(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let client = named::client(call, &call.app.state())?;
    Ok(object([("m2m_client", Value::Object(client.fields()))]))
}
