//! `POST /v1/b2b/sso/saml/{organization_id}`: a new SAML connection, without settings.

use hyper::Method;
use serde_json::json;

use super::connection::{self, IDENTITY_PROVIDER};
use crate::{
    api::b2b::{acting, roles},
    api_error::{ApiError, ORGANIZATION_NOT_FOUND},
    organization::SsoKind,
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/sso/saml/{organization_id}",
    parameters: &[optional("display_name", Kind::String), IDENTITY_PROVIDER],
    access: Access::Member,
    error_types: &[&[&ORGANIZATION_NOT_FOUND], roles::ERROR_TYPES, acting::ERROR_TYPES],
    handler: create,
};

fn create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let fields = json!({
        "display_name": "", "identity_provider": "generic", "idp_entity_id": "", "idp_sso_url": "",
        "acs_url": "", "audience_uri": "", "alternative_acs_url": "", "alternative_audience_uri": "",
        "nameid_format": "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress",
        "signing_certificates": [], "verification_certificates": [], "encryption_private_keys": [],
        "saml_connection_implicit_role_assignments": [], "saml_group_implicit_role_assignments": [],
        "idp_initiated_auth_disabled": false, "allow_gateway_callback": false, "attribute_mapping": {},
    });
    connection::create(call, SsoKind::Saml, &fields)
}
