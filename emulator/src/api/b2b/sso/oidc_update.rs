//! `PUT /v1/b2b/sso/oidc/{organization_id}/connections/{connection_id}`: changes an OIDC connection.

use hyper::Method;
use serde_json::Value;

use super::connection::{self, IDENTITY_PROVIDER};
use crate::{
    api::b2b::{acting, roles},
    api_error::{ApiError, OIDC_CONNECTION_NOT_FOUND, ORGANIZATION_NOT_FOUND},
    organization::SsoKind,
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::PUT,
    path: "/v1/b2b/sso/oidc/{organization_id}/connections/{connection_id}",
    parameters: &[
        optional("display_name", Kind::String),
        optional("client_id", Kind::String),
        optional("client_secret", Kind::Secret),
        optional("issuer", Kind::String),
        optional("authorization_url", Kind::String),
        optional("token_url", Kind::String),
        optional("userinfo_url", Kind::String),
        optional("jwks_url", Kind::String),
        IDENTITY_PROVIDER,
        optional("custom_scopes", Kind::String),
        optional("attribute_mapping", Kind::Map),
    ],
    access: Access::Member,
    error_types: &[
        &[&ORGANIZATION_NOT_FOUND, &OIDC_CONNECTION_NOT_FOUND],
        roles::ERROR_TYPES,
        acting::ERROR_TYPES,
    ],
    handler: update,
};

fn update(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut body = connection::update(call, SsoKind::Oidc, &OIDC_CONNECTION_NOT_FOUND, |_| Ok(()))?;
    // The emulator does not call the issuer, so the issuer's response cannot be invalid.
    body.insert("warning".to_owned(), Value::Null);
    Ok(body)
}
