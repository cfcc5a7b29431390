//! `POST /v1/b2b/organizations`: a new organization.

use hyper::Method;

use super::new::{self, FIRST_PARTY, IMPLICIT_ROLES, THIRD_PARTY};
use crate::{
    api::b2b::{named::organization_body, roles},
    api_error::ApiError,
    organization::{NOT_ALLOWED, SETTINGS_ERROR_TYPES},
    parameter::{Kind, optional, required},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/organizations",
    parameters: &[
        required("organization_name", Kind::String),
        optional("organization_slug", Kind::String),
        optional("organization_logo_url", Kind::String),
        optional("trusted_metadata", Kind::Map),
        optional("organization_external_id", Kind::String),
        optional("sso_jit_provisioning", Kind::String),
        optional("email_allowed_domains", Kind::StringList),
        optional("email_jit_provisioning", Kind::String),
        optional("email_invites", Kind::String),
        optional("auth_methods", Kind::String),
        optional("allowed_auth_methods", Kind::StringList),
        optional("mfa_policy", Kind::String),
        IMPLICIT_ROLES,
        optional("mfa_methods", Kind::String),
        optional("allowed_mfa_methods", Kind::StringList),
        optional("oauth_tenant_jit_provisioning", Kind::String),
        optional("allowed_oauth_tenants", Kind::Map),
        optional("claimed_email_domains", Kind::StringList),
        FIRST_PARTY,
        optional("allowed_first_party_connected_apps", Kind::StringList),
        THIRD_PARTY,
        optional("allowed_third_party_connected_apps", Kind::StringList),
    ],
    access: Access::Project,
    error_types: &[new::ERROR_TYPES, SETTINGS_ERROR_TYPES, roles::ERROR_TYPES],
    handler: create,
};

/// The settings that decide who can join. If a request has one of them, nobody can be invited unless it says so.
const JOINING: [&str; 5] = [
    "sso_jit_provisioning",
    "email_jit_provisioning",
    "email_allowed_domains",
    "oauth_tenant_jit_provisioning",
    "allowed_oauth_tenants",
];

fn create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut organization = new::empty(call);
    if JOINING.iter().any(|name| call.parameters.has(name)) {
        NOT_ALLOWED.clone_into(&mut organization.settings.email_invites);
    }
    new::set(call, &state, &mut organization)?;
    let body = organization_body(&organization);
    state.commit(Change { organizations: vec![organization], ..Change::default() }, call.now)?;
    Ok(body)
}
