//! `GET /v1/b2b/organizations/{organization_id}/connected_apps/{connected_app_id}`: a connected app of members. The
//! emulator has none.

use hyper::Method;

use crate::{
    api::b2b::{
        acting::{self, Actor},
        named,
    },
    api_error::{ApiError, IDP_CLIENT_NOT_FOUND, ORGANIZATION_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/b2b/organizations/{organization_id}/connected_apps/{connected_app_id}",
    parameters: &[],
    access: Access::Member,
    error_types: &[&[&ORGANIZATION_NOT_FOUND, &IDP_CLIENT_NOT_FOUND], acting::ERROR_TYPES],
    handler: get,
};

fn get(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let organization = named::organization(call, &state)?;
    Actor::of(call, &state, &organization)?.may("stytch.organization", "get.connected-apps")?;
    Err((&IDP_CLIENT_NOT_FOUND).into())
}
