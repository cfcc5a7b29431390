//! `GET /v1/b2b/organizations/{organization_id}/connected_apps`: the connected apps of members. The emulator has none.

use hyper::Method;

use crate::{
    api::b2b::{
        acting::{self, Actor},
        named,
    },
    api_error::{ApiError, ORGANIZATION_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/b2b/organizations/{organization_id}/connected_apps",
    parameters: &[],
    access: Access::Member,
    error_types: &[&[&ORGANIZATION_NOT_FOUND], acting::ERROR_TYPES],
    handler: list,
};

fn list(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let organization = named::organization(call, &state)?;
    Actor::of(call, &state, &organization)?.may("stytch.organization", "get.connected-apps")?;
    Ok(named::none("connected_apps"))
}
