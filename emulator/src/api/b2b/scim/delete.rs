//! `DELETE /v1/b2b/scim/{organization_id}/connection/{connection_id}`: removes the SCIM connection of an organization.

use hyper::Method;

use super::known;
use crate::{
    api::{b2b::acting, shared::object},
    api_error::{ApiError, NO_ACTIVE_SCIM_CONNECTION, ORGANIZATION_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/b2b/scim/{organization_id}/connection/{connection_id}",
    parameters: &[],
    access: Access::Member,
    error_types: &[&[&ORGANIZATION_NOT_FOUND, &NO_ACTIVE_SCIM_CONNECTION], acting::ERROR_TYPES],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let (organization, _) = known::organization(call, &state, "delete")?;
    let connection = known::connection(call, &organization)?;
    known::store(call, &mut state, organization, None)?;
    Ok(object([("connection_id", connection.connection_id.into())]))
}
