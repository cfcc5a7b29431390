//! The connections of an organization to identity providers: SSO and SCIM.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::session::Protocol;

/// An SSO connection. It has the same fields as in responses.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SsoConnection {
    pub(crate) connection_id: String,
    pub(crate) kind: SsoKind,
    pub(crate) fields: Map<String, Value>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum SsoKind {
    Saml,
    Oidc,
    /// A connection of another organization.
    External,
}

impl SsoConnection {
    /// Returns whether members can log in with it, because all data of the identity provider is set.
    pub(crate) fn is_active(&self) -> bool {
        let has = |name: &str| match self.fields.get(name) {
            Some(Value::String(text)) => !text.is_empty(),
            Some(Value::Array(items)) => !items.is_empty(),
            Some(Value::Object(fields)) => !fields.is_empty(),
            _ => false,
        };
        let needed: &[&str] = match self.kind {
            SsoKind::Saml => {
                &["idp_entity_id", "idp_sso_url", "verification_certificates", "attribute_mapping"]
            }
            SsoKind::Oidc => &["issuer", "client_id", "client_secret"],
            SsoKind::External => &[],
        };
        needed.iter().all(|name| has(name))
    }

    /// Returns the protocol with which members log in.
    pub(crate) fn protocol(&self) -> Protocol {
        match self.kind {
            SsoKind::Oidc => Protocol::Oidc,
            SsoKind::Saml | SsoKind::External => Protocol::Saml,
        }
    }

    pub(crate) fn text(&self, name: &str) -> &str {
        self.fields.get(name).and_then(Value::as_str).unwrap_or_default()
    }

    /// Returns the roles that members get from it. A role can have a group, and is then only for members in this group.
    pub(crate) fn roles(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        let lists: [&str; 2] = match self.kind {
            SsoKind::External => {
                ["external_connection_implicit_role_assignments", "external_group_implicit_role_assignments"]
            }
            _ => ["saml_connection_implicit_role_assignments", "saml_group_implicit_role_assignments"],
        };
        let items = lists.into_iter().filter_map(|name| self.fields.get(name)?.as_array()).flatten();
        items.filter_map(|item| Some((item["role_id"].as_str()?, item["group"].as_str())))
    }

    /// Returns the connection of a response.
    pub(crate) fn to_json(&self, organization_id: &str) -> Value {
        let mut fields = self.fields.clone();
        let status = if self.is_active() { "active" } else { "pending" };
        for (name, text) in
            [("organization_id", organization_id), ("connection_id", &self.connection_id), ("status", status)]
        {
            fields.insert(name.to_owned(), text.into());
        }
        Value::Object(fields)
    }

    /// Returns the short form of the connection, for the object of its organization.
    pub(super) fn reference(&self) -> Value {
        json!({
            "connection_id": self.connection_id,
            "display_name": self.text("display_name"),
            "identity_provider": self.text("identity_provider"),
        })
    }
}

/// The SCIM connection of an organization.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct ScimConnection {
    pub(crate) connection_id: String,
    pub(crate) display_name: String,
    pub(crate) identity_provider: String,
    pub(crate) token: BearerToken,
    /// The next token, which will replace the current one.
    pub(crate) next_token: Option<BearerToken>,
    /// The `scim_group_implicit_role_assignments` in responses.
    pub(crate) group_roles: Vec<Value>,
}

/// A token. Only its end is stored, because the emulator does not accept requests with it.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct BearerToken {
    pub(crate) last_four: String,
    pub(crate) expires_at: String,
}

impl ScimConnection {
    /// Returns the fields that all responses with the connection have.
    pub(crate) fn fields(&self, organization_id: &str) -> Map<String, Value> {
        let id = &self.connection_id;
        let fields = json!({
            "organization_id": organization_id,
            "connection_id": id,
            "status": "active",
            "display_name": self.display_name,
            "identity_provider": self.identity_provider,
            "base_url": format!("https://test.stytch.com/v1/b2b/scim/{id}"),
            "scim_group_implicit_role_assignments": self.group_roles,
            "bearer_token_expires_at": self.token.expires_at,
        });
        fields.as_object().cloned().unwrap_or_default()
    }

    /// Returns the connection of a response, without a token.
    pub(crate) fn to_json(&self, organization_id: &str) -> Value {
        let mut fields = self.fields(organization_id);
        let next = self.next_token.as_ref();
        for (name, value) in [
            ("bearer_token_last_four", json!(self.token.last_four)),
            ("next_bearer_token_last_four", json!(next.map_or("", |token| &token.last_four))),
            ("next_bearer_token_expires_at", json!(next.map(|token| &token.expires_at))),
        ] {
            fields.insert(name.to_owned(), value);
        }
        Value::Object(fields)
    }

    /// Returns the short form of the connection, for the object of its organization.
    pub(super) fn reference(&self) -> Value {
        json!({
            "connection_id": self.connection_id,
            "display_name": self.display_name,
            "bearer_token_last_four": self.token.last_four,
            "bearer_token_expires_at": self.token.expires_at,
        })
    }
}
