//! `PUT /v1/b2b/scim/{organization_id}/connection/{connection_id}`: changes the fields of the request, and keeps the
//! others.

use hyper::Method;

use super::known::{self, IDENTITY_PROVIDER};
use crate::{
    api::{
        b2b::{acting, roles},
        shared::object,
    },
    api_error::{ApiError, NO_ACTIVE_SCIM_CONNECTION, ORGANIZATION_NOT_FOUND},
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
};

const GROUP_ROLES: &str = "scim_group_implicit_role_assignments";

pub(crate) static ROUTE: Route = Route {
    method: Method::PUT,
    path: "/v1/b2b/scim/{organization_id}/connection/{connection_id}",
    parameters: &[
        optional("display_name", Kind::String),
        IDENTITY_PROVIDER,
        optional(
            GROUP_ROLES,
            Kind::ObjectList(&[
                required("role_id", Kind::String),
                required("group_id", Kind::String),
                required("group_name", Kind::String),
            ]),
        ),
    ],
    access: Access::Member,
    error_types: &[
        &[&ORGANIZATION_NOT_FOUND, &NO_ACTIVE_SCIM_CONNECTION],
        roles::ERROR_TYPES,
        acting::ERROR_TYPES,
    ],
    handler: update,
};

fn update(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let (organization, actor) = known::organization(call, &state, "update")?;
    let mut connection = known::connection(call, &organization)?;
    if let Some(name) = call.parameters.string("display_name") {
        name.clone_into(&mut connection.display_name);
    }
    if let Some(provider) = call.parameters.string("identity_provider") {
        provider.clone_into(&mut connection.identity_provider);
    }
    if let Some(assignments) = call.parameters.list(GROUP_ROLES) {
        actor.may("stytch.organization", "update.settings.implicit-roles")?;
        let ids = assignments.iter().filter_map(|item| item["role_id"].as_str().map(str::to_owned));
        roles::check(call, &organization, &ids.collect::<Vec<_>>())?;
        connection.group_roles.clone_from(assignments);
    }
    let body = object([("connection", connection.to_json(&organization.organization_id))]);
    known::store(call, &mut state, organization, Some(connection))?;
    Ok(body)
}
