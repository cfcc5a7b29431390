//! `POST /v1/b2b/sso/oidc/{organization_id}`: a new OIDC connection, without settings.

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
    path: "/v1/b2b/sso/oidc/{organization_id}",
    parameters: &[optional("display_name", Kind::String), IDENTITY_PROVIDER],
    access: Access::Member,
    error_types: &[&[&ORGANIZATION_NOT_FOUND], roles::ERROR_TYPES, acting::ERROR_TYPES],
    handler: create,
};

fn create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let fields = json!({
        "display_name": "", "identity_provider": "generic", "redirect_url": "", "client_id": "",
        "client_secret": "", "issuer": "", "authorization_url": "", "token_url": "", "userinfo_url": "",
        "jwks_url": "", "custom_scopes": "", "attribute_mapping": {},
    });
    connection::create(call, SsoKind::Oidc, &fields)
}
