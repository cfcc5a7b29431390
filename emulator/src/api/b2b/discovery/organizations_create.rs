//! `POST /v1/b2b/discovery/organizations/create`: a new organization. The person of the intermediate session becomes
//! its first member, with the role of an administrator.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            before::{self, Before},
            log_in::{Login, without},
            members,
            organizations::new::{self, FIRST_PARTY, IMPLICIT_ROLES, THIRD_PARTY},
            roles,
        },
        shared::{session_claims, session_minutes, telemetry_id},
    },
    api_error::{ApiError, CUSTOM_CLAIMS_TOO_LARGE, INTERMEDIATE_SESSION_NOT_FOUND},
    organization::SETTINGS_ERROR_TYPES,
    parameter::{Kind, optional, required},
    rbac::ADMIN_ROLE,
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/discovery/organizations/create",
    parameters: &[
        required("intermediate_session_token", Kind::Secret),
        session_minutes(),
        session_claims(),
        optional("organization_name", Kind::String),
        optional("organization_slug", Kind::String),
        optional("organization_external_id", Kind::String),
        optional("organization_logo_url", Kind::String),
        optional("trusted_metadata", Kind::Map),
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
        FIRST_PARTY,
        optional("allowed_first_party_connected_apps", Kind::StringList),
        THIRD_PARTY,
        optional("allowed_third_party_connected_apps", Kind::StringList),
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        &[&CUSTOM_CLAIMS_TOO_LARGE],
        new::ERROR_TYPES,
        SETTINGS_ERROR_TYPES,
        roles::ERROR_TYPES,
        members::new::ADDRESS_ERROR_TYPES,
        before::ERROR_TYPES,
    ],
    handler: create,
};

fn create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let (_, known) = before::intermediate(call, &state)?.ok_or(&INTERMEDIATE_SESSION_NOT_FOUND)?;
    let mut organization = new::empty(call);
    new::set(call, &state, &mut organization)?;
    if organization.organization_name.is_empty() {
        organization.organization_name = format!("{}'s organization", known.email_address);
    }
    let mut member = members::new::member(call, &state, &organization, &known.email_address)?;
    member.password = known.password;
    member.roles.push(ADMIN_ROLE.to_owned());
    let before = Before::of(call, &state, &member)?;
    let change = Change { organizations: vec![organization.clone()], ..Change::default() };
    let login = Login { organization, member, before, joins: true };
    let body = login.finish(call, &mut state, None, change)?;
    Ok(without(body, ["organization_id"]))
}
