//! The members of organizations.

pub(crate) mod create;
pub(crate) mod dangerously_get;
pub(crate) mod delete;
pub(crate) mod delete_external_id;
pub(crate) mod delete_mfa_phone_number;
pub(crate) mod delete_password;
pub(crate) mod delete_totp;
pub(crate) mod get;
pub(crate) mod list_connected_apps;
pub(crate) mod reactivate;
pub(crate) mod revoke_connected_app;
pub(crate) mod search;
pub(crate) mod start_email_update;
pub(crate) mod unlink_retired_email;
pub(crate) mod update;

pub(super) mod new;
mod removal;
