//! Organizations of the B2B API, in the state and in responses.

#![expect(
    clippy::struct_field_names,
    reason = "the names are Stytch's, and occur in responses and state files"
)]

mod connection;
mod settings;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

pub(crate) use self::{
    connection::{BearerToken, ScimConnection, SsoConnection, SsoKind},
    settings::{ERROR_TYPES as SETTINGS_ERROR_TYPES, NOT_ALLOWED, RESTRICTED, Settings, domain_of},
};
use crate::{
    clock::{Moment, rfc3339},
    rbac::Role,
};

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Organization {
    pub(crate) organization_id: String,
    pub(crate) organization_name: String,
    pub(crate) organization_slug: String,
    pub(crate) organization_logo_url: String,
    pub(crate) organization_external_id: Option<String>,
    pub(crate) trusted_metadata: Map<String, Value>,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created_at: Moment,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) updated_at: Moment,
    pub(crate) settings: Settings,
    /// The custom roles of this organization, in addition to the roles of the project.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) custom_roles: Vec<Role>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) sso_connections: Vec<SsoConnection>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) scim_connection: Option<ScimConnection>,
}

impl Organization {
    /// Returns whether an id belongs to the organization. Stytch also accepts the slug and the external id as
    /// `organization_id`.
    pub(crate) fn is_called(&self, id: &str) -> bool {
        self.organization_id == id
            || self.organization_slug == id
            || self.organization_external_id.as_deref() == Some(id)
    }

    pub(crate) fn sso_connection(&self, connection_id: &str) -> Option<&SsoConnection> {
        self.sso_connections.iter().find(|connection| connection.connection_id == connection_id)
    }

    /// Returns the SSO connections with which members can log in.
    pub(crate) fn active_connections(&self) -> impl Iterator<Item = &SsoConnection> {
        self.sso_connections.iter().filter(|connection| connection.is_active())
    }

    /// Returns the Organization object of a response.
    pub(crate) fn to_json(&self) -> Value {
        let mut fields = json!(self.settings);
        for (name, value) in [
            ("organization_id", json!(self.organization_id)),
            ("organization_name", json!(self.organization_name)),
            ("organization_slug", json!(self.organization_slug)),
            ("organization_logo_url", json!(self.organization_logo_url)),
            ("organization_external_id", json!(self.organization_external_id)),
            ("trusted_metadata", json!(self.trusted_metadata)),
            ("created_at", rfc3339(self.created_at).into()),
            ("updated_at", rfc3339(self.updated_at).into()),
            ("custom_roles", json!(self.custom_roles)),
            ("sso_active_connections", self.active_connections().map(SsoConnection::reference).collect()),
            ("scim_active_connection", json!(self.scim_connection.as_ref().map(ScimConnection::reference))),
        ] {
            fields[name] = value;
        }
        fields
    }
}
