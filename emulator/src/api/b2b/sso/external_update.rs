//! `PUT /v1/b2b/sso/external/{organization_id}/connections/{connection_id}`: changes the name and the roles of a connection
//! of another organization.

use hyper::Method;

use super::connection::{self, GROUP_ROLES, ROLES};
use crate::{
    api::b2b::{acting, roles},
    api_error::{ApiError, ORGANIZATION_NOT_FOUND, SSO_CONNECTION_NOT_FOUND},
    organization::SsoKind,
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::PUT,
    path: "/v1/b2b/sso/external/{organization_id}/connections/{connection_id}",
    parameters: &[
        optional("display_name", Kind::String),
        optional("external_connection_implicit_role_assignments", ROLES),
        optional("external_group_implicit_role_assignments", GROUP_ROLES),
    ],
    access: Access::Member,
    error_types: &[
        &[&ORGANIZATION_NOT_FOUND, &SSO_CONNECTION_NOT_FOUND],
        roles::ERROR_TYPES,
        acting::ERROR_TYPES,
    ],
    handler: update,
};

fn update(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    connection::update(call, SsoKind::External, &SSO_CONNECTION_NOT_FOUND, |_| Ok(()))
}
