//! SSO: the connections of organizations, and the logins with them.

pub(crate) mod authenticate;
pub(crate) mod delete_connection;
pub(crate) mod external_create;
pub(crate) mod external_update;
pub(crate) mod get_connections;
pub(crate) mod oidc_create;
pub(crate) mod oidc_update;
pub(crate) mod saml_create;
pub(crate) mod saml_delete_certificate;
pub(crate) mod saml_delete_key;
pub(crate) mod saml_update;

mod connection;
