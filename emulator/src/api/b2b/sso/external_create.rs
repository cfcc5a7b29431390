//! `POST /v1/b2b/sso/external/{organization_id}`: lets members log in with the connection of another organization.

use hyper::Method;
use serde_json::{Value, json};

use super::connection::{self, GROUP_ROLES, ROLES};
use crate::{
    api::b2b::{acting, roles},
    api_error::{
        ApiError, EXTERNAL_CONNECTION_ID_NOT_FOUND, EXTERNAL_ORGANIZATION_ID_SAME_AS_ORGANIZATION_ID,
        ORGANIZATION_NOT_FOUND,
    },
    organization::SsoKind,
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/sso/external/{organization_id}",
    parameters: &[
        required("external_organization_id", Kind::String),
        required("external_connection_id", Kind::String),
        optional("display_name", Kind::String),
        optional("connection_implicit_role_assignments", ROLES),
        optional("group_implicit_role_assignments", GROUP_ROLES),
    ],
    access: Access::Member,
    error_types: &[
        &[
            &ORGANIZATION_NOT_FOUND,
            &EXTERNAL_CONNECTION_ID_NOT_FOUND,
            &EXTERNAL_ORGANIZATION_ID_SAME_AS_ORGANIZATION_ID,
        ],
        roles::ERROR_TYPES,
        acting::ERROR_TYPES,
    ],
    handler: create,
};

fn create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    check(call)?;
    let given = |name: &str| call.parameters.value(name).cloned().unwrap_or_else(|| Value::Array(Vec::new()));
    let fields = json!({
        "display_name": "", "external_organization_id": "", "external_connection_id": "",
        "external_connection_implicit_role_assignments": given("connection_implicit_role_assignments"),
        "external_group_implicit_role_assignments": given("group_implicit_role_assignments"),
    });
    connection::create(call, SsoKind::External, &fields)
}

/// Checks that the other organization has the connection.
fn check(call: &Call<'_>) -> Result<(), ApiError> {
    let state = call.app.state();
    let organization = connection::authorized(call, &state, "create")?;
    let other = state.organization(call.parameters.required("external_organization_id")?);
    let other = other.ok_or(&EXTERNAL_CONNECTION_ID_NOT_FOUND)?;
    if other.organization_id == organization.organization_id {
        return Err((&EXTERNAL_ORGANIZATION_ID_SAME_AS_ORGANIZATION_ID).into());
    }
    let known = other.sso_connection(call.parameters.required("external_connection_id")?);
    known.filter(|known| known.kind != SsoKind::External).ok_or(&EXTERNAL_CONNECTION_ID_NOT_FOUND)?;
    Ok(())
}
