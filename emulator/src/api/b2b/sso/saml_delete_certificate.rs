//! `DELETE …/connections/{connection_id}/verification_certificates/{certificate_id}`: removes a certificate from a SAML
//! connection.

use hyper::Method;

use super::connection::remove_item;
use crate::{
    api::b2b::{acting, roles},
    api_error::{
        ApiError, ORGANIZATION_NOT_FOUND, SAML_CONNECTION_NOT_FOUND, SSO_VERIFICATION_KEY_NOT_FOUND,
    },
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/b2b/sso/saml/{organization_id}/connections/{connection_id}/verification_certificates/{certificate_id}",
    parameters: &[],
    access: Access::Member,
    error_types: &[
        &[&ORGANIZATION_NOT_FOUND, &SAML_CONNECTION_NOT_FOUND, &SSO_VERIFICATION_KEY_NOT_FOUND],
        roles::ERROR_TYPES,
        acting::ERROR_TYPES,
    ],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    remove_item(call, "verification_certificates", "certificate_id", &SSO_VERIFICATION_KEY_NOT_FOUND)
}
