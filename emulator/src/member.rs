//! Members of organizations, in the state and in responses.

#![expect(
    clippy::struct_field_names,
    reason = "the names are Stytch's, and occur in responses and state files"
)]

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::{
    clock::{Moment, rfc3339},
    organization::{Organization, SsoConnection},
    rbac::{ADMIN_ROLE, MEMBER_ROLE},
    session::{Factor, Method},
    user::{Password, PhoneNumber, Totp, same_address},
};

#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Member {
    pub(crate) member_id: String,
    pub(crate) organization_id: String,
    pub(crate) email_address: String,
    pub(crate) email_id: String,
    pub(crate) email_address_verified: bool,
    pub(crate) status: MemberStatus,
    pub(crate) name: String,
    pub(crate) is_breakglass: bool,
    pub(crate) external_id: Option<String>,
    /// The assigned roles. The member has more roles because of the address and the SSO connections.
    pub(crate) roles: Vec<String>,
    pub(crate) trusted_metadata: Map<String, Value>,
    pub(crate) untrusted_metadata: Map<String, Value>,
    pub(crate) password: Option<Password>,
    pub(crate) mfa_enrolled: bool,
    pub(crate) mfa_phone: Option<PhoneNumber>,
    /// `sms_otp`, `totp` or an empty string.
    pub(crate) default_mfa_method: String,
    pub(crate) totp: Option<Totp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) sso_registrations: Vec<SsoRegistration>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(crate) retired_emails: Vec<RetiredEmail>,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) created_at: Moment,
    #[serde(with = "time::serde::rfc3339")]
    pub(crate) updated_at: Moment,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum MemberStatus {
    Active,
    /// Created, but not logged in yet.
    Pending,
    /// Invited, but not logged in yet.
    Invited,
    Deleted,
}

/// An account at an identity provider.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct SsoRegistration {
    pub(crate) connection_id: String,
    pub(crate) external_id: String,
    pub(crate) registration_id: String,
    pub(crate) sso_attributes: Map<String, Value>,
}

impl SsoRegistration {
    fn is_in(&self, group: &str) -> bool {
        let groups = self.sso_attributes.get("groups").and_then(Value::as_array);
        groups.into_iter().flatten().any(|known| known == group)
    }
}

impl MemberStatus {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Pending => "pending",
            Self::Invited => "invited",
            Self::Deleted => "deleted",
        }
    }

    /// Returns the status with this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        let all = [Self::Active, Self::Pending, Self::Invited, Self::Deleted];
        all.into_iter().find(|status| status.name() == name)
    }
}

/// A previous address of a member. No other member of the organization can have it.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct RetiredEmail {
    pub(crate) email_id: String,
    pub(crate) email_address: String,
}

impl Member {
    /// Returns an active member with only an address.
    pub(crate) fn new(
        member_id: String,
        organization_id: String,
        email_id: String,
        email_address: String,
        now: Moment,
    ) -> Self {
        Self {
            member_id,
            organization_id,
            email_address,
            email_id,
            email_address_verified: false,
            status: MemberStatus::Active,
            name: String::new(),
            is_breakglass: false,
            external_id: None,
            roles: Vec::new(),
            trusted_metadata: Map::new(),
            untrusted_metadata: Map::new(),
            password: None,
            mfa_enrolled: false,
            mfa_phone: None,
            default_mfa_method: String::new(),
            totp: None,
            sso_registrations: Vec::new(),
            retired_emails: Vec::new(),
            created_at: now,
            updated_at: now,
        }
    }

    pub(crate) fn is_deleted(&self) -> bool {
        self.status == MemberStatus::Deleted
    }

    /// Returns whether an id belongs to the member. Stytch also accepts the external id as `member_id`.
    pub(crate) fn is_called(&self, id: &str) -> bool {
        self.member_id == id || self.external_id.as_deref() == Some(id)
    }

    /// Returns whether the member has or had an address.
    pub(crate) fn holds(&self, address: &str) -> bool {
        same_address(&self.email_address, address)
            || self.retired_emails.iter().any(|retired| same_address(&retired.email_address, address))
    }

    /// Returns the phone number, if the member has entered a code that was sent to it.
    pub(crate) fn verified_phone(&self) -> Option<&PhoneNumber> {
        self.mfa_phone.as_ref().filter(|phone| phone.verified)
    }

    /// Returns the authenticator app, if the member has entered a code of it.
    pub(crate) fn verified_totp(&self) -> Option<&Totp> {
        self.totp.as_ref().filter(|totp| totp.verified)
    }

    /// Changes the address of the member. The previous one is retired.
    pub(crate) fn change_address(&mut self, email_id: String, address: String) {
        self.retired_emails.retain(|retired| !same_address(&retired.email_address, &address));
        self.retired_emails.push(RetiredEmail {
            email_id: std::mem::replace(&mut self.email_id, email_id),
            email_address: std::mem::replace(&mut self.email_address, address),
        });
        self.email_address_verified = false;
    }

    /// Returns the ids of the roles in a session with these factors. The roles of an SSO connection are included if the
    /// member has logged in with it.
    pub(crate) fn roles_in(&self, organization: &Organization, factors: &[Factor]) -> Vec<String> {
        let counts = |connection_id: &str| {
            let is_it = |factor: &Factor| matches!(&factor.method, Method::Sso { provider_id, .. } if provider_id == connection_id);
            factors.iter().any(is_it)
        };
        self.sources(organization, counts).into_iter().map(|(role_id, _)| role_id).collect()
    }

    /// Returns every role with its sources. Roles from an SSO connection are included if `counts` accepts its id.
    fn sources(
        &self,
        organization: &Organization,
        counts: impl Fn(&str) -> bool,
    ) -> Vec<(String, Vec<Value>)> {
        let mut roles: Vec<(String, Vec<Value>)> = Vec::new();
        let mut add = |role_id: &str, source: Value| match roles.iter_mut().find(|(id, _)| id == role_id) {
            Some((_, sources)) => sources.push(source),
            None => roles.push((role_id.to_owned(), vec![source])),
        };
        for role_id in std::iter::once(MEMBER_ROLE).chain(self.roles.iter().map(String::as_str)) {
            add(role_id, json!({ "type": "direct_assignment", "details": {} }));
        }
        for implicit in &organization.settings.rbac_email_implicit_role_assignments {
            if implicit.is_for(&self.email_address) {
                let details = json!({ "email_domain": implicit.domain });
                add(&implicit.role_id, json!({ "type": "email_assignment", "details": details }));
            }
        }
        for registration in self.sso_registrations.iter().filter(|known| counts(&known.connection_id)) {
            let id = &registration.connection_id;
            for (role_id, group) in organization.sso_connection(id).into_iter().flat_map(SsoConnection::roles)
            {
                match group {
                    None => {
                        let details = json!({ "connection_id": id });
                        add(role_id, json!({ "type": "sso_connection", "details": details }));
                    }
                    Some(group) if registration.is_in(group) => {
                        let details = json!({ "connection_id": id, "group": group });
                        add(role_id, json!({ "type": "sso_connection_group", "details": details }));
                    }
                    Some(_) => {}
                }
            }
        }
        roles
    }

    /// Returns the Member object of a response.
    pub(crate) fn to_json(&self, organization: &Organization) -> Value {
        let role =
            |(role_id, sources): (String, Vec<Value>)| json!({ "role_id": role_id, "sources": sources });
        let roles: Vec<Value> = self.sources(organization, |_| true).into_iter().map(role).collect();
        let phone = self.mfa_phone.as_ref();
        json!({
            "organization_id": self.organization_id,
            "member_id": self.member_id,
            "email_address": self.email_address,
            "email_address_verified": self.email_address_verified,
            "status": self.status,
            "name": self.name,
            "is_breakglass": self.is_breakglass,
            "is_admin": roles.iter().any(|role| role["role_id"] == ADMIN_ROLE),
            "external_id": self.external_id,
            "roles": roles,
            "trusted_metadata": self.trusted_metadata,
            "untrusted_metadata": self.untrusted_metadata,
            "member_password_id": self.password.as_ref().map_or("", |password| &password.password_id),
            "mfa_enrolled": self.mfa_enrolled,
            "mfa_phone_number": phone.map_or("", |phone| &phone.phone_number),
            "mfa_phone_number_verified": phone.is_some_and(|phone| phone.verified),
            "default_mfa_method": self.default_mfa_method,
            "totp_registration_id": self.verified_totp().map_or("", |totp| &totp.totp_id),
            "retired_email_addresses": self.retired_emails,
            "sso_registrations": self.sso_registrations,
            "oauth_registrations": [],
            "scim_registration": null,
            "created_at": rfc3339(self.created_at),
            "updated_at": rfc3339(self.updated_at),
            "is_locked": false,
            "lock_created_at": null,
            "lock_expires_at": null,
        })
    }
}

/// Returns whether a factor proves the ownership of this address.
pub(crate) fn proves_address(method: &Method, address: &str) -> bool {
    matches!(
        method,
        Method::MagicLink { email_address, .. } | Method::EmailPasscode { email_address, .. }
            if same_address(email_address, address)
    )
}
