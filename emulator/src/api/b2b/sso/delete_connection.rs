//! `DELETE /v1/b2b/sso/{organization_id}/connections/{connection_id}`: deletes an SSO connection, and the accounts of
//! members at it.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            acting::{self, Actor},
            named,
        },
        shared::object,
    },
    api_error::{
        ApiError, CANNOT_DELETE_DEFAULT_SSO_CONNECTION, ORGANIZATION_NOT_FOUND, SSO_CONNECTION_NOT_FOUND,
    },
    member::Member,
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/b2b/sso/{organization_id}/connections/{connection_id}",
    parameters: &[],
    access: Access::Member,
    error_types: &[
        &[&ORGANIZATION_NOT_FOUND, &SSO_CONNECTION_NOT_FOUND, &CANNOT_DELETE_DEFAULT_SSO_CONNECTION],
        acting::ERROR_TYPES,
    ],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut organization = named::organization(call, &state)?;
    Actor::of(call, &state, &organization)?.may("stytch.sso", "delete")?;
    let id = call.parameters.required("connection_id")?;
    organization.sso_connection(id).ok_or(&SSO_CONNECTION_NOT_FOUND)?;
    let settings = &mut organization.settings;
    if settings.sso_default_connection_id.as_deref() == Some(id) {
        return Err((&CANNOT_DELETE_DEFAULT_SSO_CONNECTION).into());
    }
    settings.sso_jit_provisioning_allowed_connections.retain(|allowed| allowed != id);
    organization.sso_connections.retain(|known| known.connection_id != id);
    organization.updated_at = call.now;
    let is_with_it =
        |member: &&Member| member.sso_registrations.iter().any(|known| known.connection_id == id);
    let mut members: Vec<Member> = state.members().filter(is_with_it).cloned().collect();
    for member in &mut members {
        member.sso_registrations.retain(|known| known.connection_id != id);
    }
    let body = object([("connection_id", id.into())]);
    let change = Change { organizations: vec![organization], members, ..Change::default() };
    state.commit(change, call.now)?;
    Ok(body)
}
