//! `DELETE /v1/b2b/organizations/{organization_id}`: deletes an organization with its members and their sessions.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            acting::{self, Actor},
            named,
        },
        shared::object,
    },
    api_error::{ApiError, ORGANIZATION_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/b2b/organizations/{organization_id}",
    parameters: &[],
    access: Access::Member,
    error_types: &[&[&ORGANIZATION_NOT_FOUND], acting::ERROR_TYPES],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let organization = named::organization(call, &state)?;
    Actor::of(call, &state, &organization)?.may("stytch.organization", "delete")?;
    let body = object([("organization_id", organization.organization_id.as_str().into())]);
    let deleted_organizations = vec![organization.organization_id];
    state.commit(Change { deleted_organizations, ..Change::default() }, call.now)?;
    Ok(body)
}
