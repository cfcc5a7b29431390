//! `GET /v1/b2b/organizations/{organization_id}/members/{member_id}/connected_apps`: the connected apps of a member.
//! The emulator has none.

use hyper::Method;

use crate::{
    api::b2b::{
        acting::{self, Actor},
        named,
    },
    api_error::ApiError,
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/b2b/organizations/{organization_id}/members/{member_id}/connected_apps",
    parameters: &[],
    access: Access::Member,
    error_types: &[named::ERROR_TYPES, acting::ERROR_TYPES],
    handler: list,
};

fn list(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let (organization, member) = named::member(call, &state)?;
    Actor::of(call, &state, &organization)?.may_with(&member, "get.connected-apps")?;
    Ok(named::none("connected_apps"))
}
