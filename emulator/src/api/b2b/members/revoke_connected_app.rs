//! `POST …/members/{member_id}/connected_apps/{connected_app_id}/revoke`: the emulator has no connected apps, so none
//! can be revoked.

use hyper::Method;

use crate::{
    api::b2b::{
        acting::{self, Actor},
        named,
    },
    api_error::{ApiError, IDP_CLIENT_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/organizations/{organization_id}/members/{member_id}/connected_apps/{connected_app_id}/revoke",
    parameters: &[],
    access: Access::Member,
    error_types: &[&[&IDP_CLIENT_NOT_FOUND], named::ERROR_TYPES, acting::ERROR_TYPES],
    handler: revoke,
};

fn revoke(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let (organization, member) = named::member(call, &state)?;
    Actor::of(call, &state, &organization)?.may_with(&member, "revoke.connected-apps")?;
    Err((&IDP_CLIENT_NOT_FOUND).into())
}
