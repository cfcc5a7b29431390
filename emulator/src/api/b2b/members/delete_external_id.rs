//! `DELETE /v1/b2b/organizations/{organization_id}/members/{member_id}/external_id`: removes the external id of a
//! member. A permission for the own member is not enough.

use hyper::Method;

use crate::{
    api::b2b::{
        acting::{self, Actor},
        named,
    },
    api_error::ApiError,
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/b2b/organizations/{organization_id}/members/{member_id}/external_id",
    parameters: &[],
    access: Access::Member,
    error_types: &[named::ERROR_TYPES, acting::ERROR_TYPES],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let (organization, mut member) = named::member(call, &state)?;
    Actor::of(call, &state, &organization)?.may("stytch.member", "update.info.external-id")?;
    member.external_id = None;
    member.updated_at = call.now;
    let body = named::body(&organization, &member);
    state.commit(Change { members: vec![member], ..Change::default() }, call.now)?;
    Ok(body)
}
