//! `PUT /v1/b2b/rbac/organizations/{organization_id}`: replaces the custom roles of an organization.

use hyper::Method;

use super::get_org_policy::body;
use crate::{
    api::b2b::named,
    api_error::{ApiError, ORGANIZATION_NOT_FOUND},
    parameter::{Kind, required},
    rbac::{ORG_POLICY_ERROR_TYPES, ROLES, Role},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::PUT,
    path: "/v1/b2b/rbac/organizations/{organization_id}",
    parameters: &[required("org_policy", Kind::Object(&[ROLES]))],
    access: Access::Project,
    error_types: &[&[&ORGANIZATION_NOT_FOUND], ORG_POLICY_ERROR_TYPES],
    handler: set,
};

fn set(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let given = call.parameters.object("org_policy").unwrap_or_default();
    let roles: Vec<Role> = given.objects("roles").iter().map(Role::read).collect::<Result<_, _>>()?;
    call.app.settings.policy.for_organizations().check_organization(&roles)?;
    let mut state = call.app.state();
    let mut organization = named::organization(call, &state)?;
    organization.custom_roles = roles;
    organization.updated_at = call.now;
    let body = body(&organization);
    state.commit(Change { organizations: vec![organization], ..Change::default() }, call.now)?;
    Ok(body)
}
