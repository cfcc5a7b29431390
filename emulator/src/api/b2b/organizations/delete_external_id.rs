//! `DELETE /v1/b2b/organizations/{organization_id}/external_id`: removes the external id of an organization.

use hyper::Method;

use crate::{
    api::b2b::{
        acting::{self, Actor},
        named::{self, organization_body},
    },
    api_error::{ApiError, ORGANIZATION_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/b2b/organizations/{organization_id}/external_id",
    parameters: &[],
    access: Access::Member,
    error_types: &[&[&ORGANIZATION_NOT_FOUND], acting::ERROR_TYPES],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut organization = named::organization(call, &state)?;
    Actor::of(call, &state, &organization)?.may("stytch.organization", "update.info.external-id")?;
    organization.organization_external_id = None;
    organization.updated_at = call.now;
    let body = organization_body(&organization);
    state.commit(Change { organizations: vec![organization], ..Change::default() }, call.now)?;
    Ok(body)
}
