//! `PUT /v1/b2b/sso/saml/{organization_id}/connections/{connection_id}`: changes a SAML connection. A certificate or a
//! key is added to the existing ones.

use hyper::Method;
use serde_json::{Map, Value, json};

use super::connection::{self, GROUP_ROLES, IDENTITY_PROVIDER, ROLES};
use crate::{
    api::b2b::{acting, roles},
    api_error::{ApiError, ORGANIZATION_NOT_FOUND, SAML_CONNECTION_NOT_FOUND},
    clock::rfc3339,
    organization::SsoKind,
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::PUT,
    path: "/v1/b2b/sso/saml/{organization_id}/connections/{connection_id}",
    parameters: &[
        optional("idp_entity_id", Kind::String),
        optional("display_name", Kind::String),
        optional("attribute_mapping", Kind::Map),
        optional("x509_certificate", Kind::String),
        optional("idp_sso_url", Kind::String),
        optional("saml_connection_implicit_role_assignments", ROLES),
        optional("saml_group_implicit_role_assignments", GROUP_ROLES),
        optional("alternative_audience_uri", Kind::String),
        IDENTITY_PROVIDER,
        // Stytch signs its requests with it. The emulator sends no requests.
        optional("signing_private_key", Kind::Secret),
        optional("nameid_format", Kind::String),
        optional("alternative_acs_url", Kind::String),
        optional("idp_initiated_auth_disabled", Kind::Bool),
        optional("saml_encryption_private_key", Kind::Secret),
        optional("allow_gateway_callback", Kind::Bool),
    ],
    access: Access::Member,
    error_types: &[
        &[&ORGANIZATION_NOT_FOUND, &SAML_CONNECTION_NOT_FOUND],
        roles::ERROR_TYPES,
        acting::ERROR_TYPES,
    ],
    handler: update,
};

fn update(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let now = rfc3339(call.now);
    connection::update(call, SsoKind::Saml, &SAML_CONNECTION_NOT_FOUND, |fields| {
        if let Some(certificate) = call.parameters.string("x509_certificate") {
            let certificate = json!({
                "certificate_id": call.app.ids.id("saml-verification-key"), "certificate": certificate,
                "issuer": "", "created_at": now, "updated_at": now, "expires_at": null,
            });
            push(fields, "verification_certificates", certificate);
        }
        if let Some(key) = call.parameters.string("saml_encryption_private_key") {
            let id = call.app.ids.id("saml-encryption-key");
            let key = json!({ "private_key_id": id, "private_key": key, "created_at": now });
            push(fields, "encryption_private_keys", key);
        }
        Ok(())
    })
}

fn push(fields: &mut Map<String, Value>, list: &str, item: Value) {
    if let Some(Value::Array(items)) = fields.get_mut(list) {
        items.push(item);
    }
}
