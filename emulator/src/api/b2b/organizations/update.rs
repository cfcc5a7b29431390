//! `PUT /v1/b2b/organizations/{organization_id}`: changes the fields of the request, and keeps the others.

use hyper::Method;

use super::new::{self, FIRST_PARTY, IMPLICIT_ROLES, THIRD_PARTY};
use crate::{
    api::b2b::{
        acting::{self, Actor},
        named::{self, organization_body},
        roles,
    },
    api_error::{ApiError, CANNOT_UPDATE_TRUSTED_METADATA, ORGANIZATION_NOT_FOUND},
    organization::SETTINGS_ERROR_TYPES,
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::PUT,
    path: "/v1/b2b/organizations/{organization_id}",
    parameters: &[
        optional("organization_name", Kind::String),
        optional("organization_slug", Kind::String),
        optional("organization_logo_url", Kind::String),
        optional("trusted_metadata", Kind::Map),
        optional("organization_external_id", Kind::String),
        optional("sso_default_connection_id", Kind::String),
        optional("sso_jit_provisioning", Kind::String),
        optional("sso_jit_provisioning_allowed_connections", Kind::StringList),
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
    access: Access::Member,
    error_types: &[
        &[&ORGANIZATION_NOT_FOUND, &CANNOT_UPDATE_TRUSTED_METADATA],
        new::ERROR_TYPES,
        SETTINGS_ERROR_TYPES,
        roles::ERROR_TYPES,
        acting::ERROR_TYPES,
    ],
    handler: update,
};

/// The actions that change a setting. The member needs a permission for them.
static ACTIONS: [(&str, &str); 23] = [
    ("organization_name", "update.info.name"),
    ("organization_slug", "update.info.slug"),
    ("organization_logo_url", "update.info.logo-url"),
    ("organization_external_id", "update.info.external-id"),
    ("sso_default_connection_id", "update.settings.default-sso-connection"),
    ("sso_jit_provisioning", "update.settings.sso-jit-provisioning"),
    ("sso_jit_provisioning_allowed_connections", "update.settings.sso-jit-provisioning"),
    ("email_allowed_domains", "update.settings.allowed-domains"),
    ("email_jit_provisioning", "update.settings.email-jit-provisioning"),
    ("email_invites", "update.settings.email-invites"),
    ("auth_methods", "update.settings.allowed-auth-methods"),
    ("allowed_auth_methods", "update.settings.allowed-auth-methods"),
    ("mfa_policy", "update.settings.mfa-policy"),
    ("rbac_email_implicit_role_assignments", "update.settings.implicit-roles"),
    ("mfa_methods", "update.settings.allowed-mfa-methods"),
    ("allowed_mfa_methods", "update.settings.allowed-mfa-methods"),
    ("oauth_tenant_jit_provisioning", "update.settings.oauth-tenant-jit-provisioning"),
    ("allowed_oauth_tenants", "update.settings.allowed-oauth-tenants"),
    ("claimed_email_domains", "update.settings.claimed-domains"),
    ("first_party_connected_apps_allowed_type", "update.settings.connected-apps"),
    ("allowed_first_party_connected_apps", "update.settings.connected-apps"),
    ("third_party_connected_apps_allowed_type", "update.settings.connected-apps"),
    ("allowed_third_party_connected_apps", "update.settings.connected-apps"),
];

fn update(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut organization = named::organization(call, &state)?;
    let actor = Actor::of(call, &state, &organization)?;
    if call.parameters.has("trusted_metadata") && !actor.is_application() {
        return Err((&CANNOT_UPDATE_TRUSTED_METADATA).into());
    }
    for (name, action) in ACTIONS {
        if call.parameters.has(name) {
            actor.may("stytch.organization", action)?;
        }
    }
    new::set(call, &state, &mut organization)?;
    organization.updated_at = call.now;
    let body = organization_body(&organization);
    state.commit(Change { organizations: vec![organization], ..Change::default() }, call.now)?;
    Ok(body)
}
