//! `GET /v1/b2b/scim/{organization_id}/connection/{connection_id}`: the groups that an identity provider has sent. The
//! emulator receives none, so the list is empty.

use hyper::Method;
use serde_json::Value;

use super::known;
use crate::{
    api::{
        b2b::acting,
        search::{CURSOR, LIMIT},
        shared::object,
    },
    api_error::{ApiError, NO_ACTIVE_SCIM_CONNECTION, ORGANIZATION_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/b2b/scim/{organization_id}/connection/{connection_id}",
    parameters: &[CURSOR, LIMIT],
    access: Access::Member,
    error_types: &[&[&ORGANIZATION_NOT_FOUND, &NO_ACTIVE_SCIM_CONNECTION], acting::ERROR_TYPES],
    handler: get,
};

fn get(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let (organization, _) = known::organization(call, &state, "get")?;
    known::connection(call, &organization)?;
    Ok(object([("scim_groups", Value::Array(Vec::new())), ("next_cursor", Value::Null)]))
}
