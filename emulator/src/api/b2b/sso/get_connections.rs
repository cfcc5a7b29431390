//! `GET /v1/b2b/sso/{organization_id}`: the SSO connections of an organization.

use hyper::Method;
use serde_json::Value;

use crate::{
    api::{
        b2b::{
            acting::{self, Actor},
            named,
        },
        shared::object,
    },
    api_error::{ApiError, ORGANIZATION_NOT_FOUND},
    organization::SsoKind,
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/v1/b2b/sso/{organization_id}",
    parameters: &[],
    access: Access::Member,
    error_types: &[&[&ORGANIZATION_NOT_FOUND], acting::ERROR_TYPES],
    handler: get,
};

fn get(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let organization = named::organization(call, &state)?;
    Actor::of(call, &state, &organization)?.may("stytch.sso", "get")?;
    let of_kind = |kind| -> Value {
        let connections = organization.sso_connections.iter().filter(|connection| connection.kind == kind);
        connections.map(|connection| connection.to_json(&organization.organization_id)).collect()
    };
    Ok(object([
        ("saml_connections", of_kind(SsoKind::Saml)),
        ("oidc_connections", of_kind(SsoKind::Oidc)),
        ("external_connections", of_kind(SsoKind::External)),
    ]))
}
