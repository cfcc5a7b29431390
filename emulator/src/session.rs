//! Sessions, in storage and in responses.

#![expect(
    clippy::struct_field_names,
    reason = "the names are Stytch's, and occur in responses and state files"
)]

mod factor;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

pub(crate) use self::factor::{Delivery, Factor, Method, Protocol};
use crate::{
    clock::{Moment, rfc3339},
    organization::Organization,
    parameter::Parameters,
};

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Session {
    pub(crate) session_id: String,
    /// The id of the user, or of the member if the session is in an organization.
    pub(crate) user_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) organization_id: Option<String>,
    pub(crate) token: String,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) started_at: Moment,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) last_accessed_at: Moment,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) expires_at: Moment,
    pub(crate) factors: Vec<Factor>,
    pub(crate) roles: Vec<String>,
    pub(crate) attributes: Attributes,
    pub(crate) custom_claims: Map<String, Value>,
}

/// The device on which a session was started, according to the caller.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct Attributes {
    pub(crate) ip_address: String,
    pub(crate) user_agent: String,
}

impl Attributes {
    /// Returns the `attributes` of a request; empty strings if it has none.
    pub(crate) fn of(parameters: &Parameters) -> Self {
        let given = parameters.object("attributes").unwrap_or_default();
        let text = |name| given.string(name).unwrap_or_default().to_owned();
        Self { ip_address: text("ip_address"), user_agent: text("user_agent") }
    }
}

impl Session {
    pub(crate) fn is_active(&self, now: Moment) -> bool {
        now < self.expires_at
    }

    /// Returns the Session object of a response.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "session_id": self.session_id,
            "user_id": self.user_id,
            "started_at": rfc3339(self.started_at),
            "last_accessed_at": rfc3339(self.last_accessed_at),
            "expires_at": rfc3339(self.expires_at),
            "authentication_factors": self.factors_json(),
            "roles": self.roles,
            "attributes": self.attributes,
            "custom_claims": self.custom_claims,
        })
    }

    /// Returns the `MemberSession` object of a response.
    pub(crate) fn member_json(&self, organization: &Organization) -> Value {
        json!({
            "member_session_id": self.session_id,
            "member_id": self.user_id,
            "organization_id": organization.organization_id,
            "organization_slug": organization.organization_slug,
            "started_at": rfc3339(self.started_at),
            "last_accessed_at": rfc3339(self.last_accessed_at),
            "expires_at": rfc3339(self.expires_at),
            "authentication_factors": self.factors_json(),
            "roles": self.roles,
            "custom_claims": self.custom_claims,
        })
    }

    pub(crate) fn factors_json(&self) -> Vec<Value> {
        self.factors.iter().map(Factor::to_json).collect()
    }
}

/// Adds a factor, or updates the one with the same method.
pub(crate) fn add_factor(factors: &mut Vec<Factor>, factor: Factor) {
    match factors.iter_mut().find(|known| known.method == factor.method) {
        Some(known) => known.last_authenticated_at = factor.last_authenticated_at,
        None => factors.push(factor),
    }
}
