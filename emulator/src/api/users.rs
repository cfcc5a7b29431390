//! Users.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod delete_biometric_registration;
pub(crate) mod delete_crypto_wallet;
pub(crate) mod delete_email;
pub(crate) mod delete_external_id;
pub(crate) mod delete_oauth_registration;
pub(crate) mod delete_password;
pub(crate) mod delete_phone_number;
pub(crate) mod delete_totp;
pub(crate) mod delete_webauthn_registration;
pub(crate) mod exchange_primary_factor;
pub(crate) mod get;
pub(crate) mod list_connected_apps;
pub(crate) mod revoke_connected_app;
pub(crate) mod search;
pub(crate) mod update;

mod delete_factor;
mod filter;
