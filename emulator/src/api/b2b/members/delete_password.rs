//! `DELETE /v1/b2b/organizations/{organization_id}/members/passwords/{member_password_id}`: removes the password of a
//! member.

use hyper::Method;

use super::removal;
use crate::{
    api::b2b::{
        acting::{self, Actor},
        named,
    },
    api_error::{ApiError, MEMBER_PASSWORD_NOT_FOUND, ORGANIZATION_NOT_FOUND},
    member::Member,
    route::{Access, Call, ResponseBody, Route},
};

const ACTION: &str = "update.info.delete.password";

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/b2b/organizations/{organization_id}/members/passwords/{member_password_id}",
    parameters: &[],
    access: Access::Member,
    error_types: &[&[&ORGANIZATION_NOT_FOUND, &MEMBER_PASSWORD_NOT_FOUND], acting::ERROR_TYPES],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let organization = named::organization(call, &state)?;
    let id = call.parameters.required("member_password_id")?;
    let has_it = |member: &&Member| {
        member.organization_id == organization.organization_id
            && !member.is_deleted()
            && member.password.as_ref().is_some_and(|password| password.password_id == id)
    };
    let Some(member) = state.members().find(has_it).cloned() else {
        // A caller without permission must not learn which passwords exist.
        Actor::of(call, &state, &organization)?.may("stytch.member", ACTION)?;
        return Err((&MEMBER_PASSWORD_NOT_FOUND).into());
    };
    removal::from(call, &mut state, &organization, member, ACTION, |member| {
        member.password = None;
        Ok(())
    })
}
