//! `GET /v1/b2b/organizations/{organization_id}`: an organization.

use hyper::Method;

use crate::{
    api::b2b::named::{self, organization_body},
    api_error::{ApiError, ORGANIZATION_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/b2b/organizations/{organization_id}",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&ORGANIZATION_NOT_FOUND]],
    handler: get,
};

fn get(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    Ok(organization_body(&named::organization(call, &call.app.state())?))
}
