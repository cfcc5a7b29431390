//! Organizations.

pub(crate) mod create;
pub(crate) mod delete;
pub(crate) mod delete_external_id;
pub(crate) mod get;
pub(crate) mod get_connected_app;
pub(crate) mod list_connected_apps;
pub(crate) mod metrics;
pub(crate) mod search;
pub(crate) mod update;

pub(super) mod new;
