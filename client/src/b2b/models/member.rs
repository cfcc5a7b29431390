//! Members of organizations in responses.

use declapi::{Timestamp, response};

use super::ScimAttributes;
use crate::JsonObject;
use crate::models::EmailFactor;

/// A member of an organization.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[expect(clippy::struct_excessive_bools, reason = "the API defines these fields")]
#[non_exhaustive]
pub struct Member {
    /// The id of the organization.
    pub organization_id: String,
    /// The id of the member.
    pub member_id: String,
    /// The email address.
    pub email_address: String,
    /// The status: `active`, `pending`, `invited` or `deleted`.
    pub status: String,
    /// The full name.
    pub name: String,
    /// The SSO registrations.
    pub sso_registrations: Vec<SsoRegistration>,
    /// Whether the member can log in with any method, even with one that the organization does not allow.
    pub is_breakglass: bool,
    /// The id of the password. Empty if there is none.
    pub member_password_id: String,
    /// The OAuth registrations.
    pub oauth_registrations: Vec<OauthRegistration>,
    /// Whether the member has proven that they own the address.
    pub email_address_verified: bool,
    /// Whether the member has proven that they own the phone number.
    pub mfa_phone_number_verified: bool,
    /// Whether the member has the role `stytch_admin`.
    pub is_admin: bool,
    /// The id of the authenticator app. Empty if there is none.
    pub totp_registration_id: String,
    /// The previous addresses of the member. No other member of the organization can use them.
    pub retired_email_addresses: Vec<RetiredEmail>,
    /// Whether logins of the member are blocked.
    pub is_locked: bool,
    /// Whether the member needs a second factor even if the organization does not require one.
    pub mfa_enrolled: bool,
    /// The phone number for passcodes, in E.164 form. Empty if there is none.
    pub mfa_phone_number: String,
    /// The default second factor of the member: `sms_otp` or `totp`.
    pub default_mfa_method: String,
    /// The roles, with their sources.
    pub roles: Vec<MemberRole>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the member can edit.
    pub untrusted_metadata: Option<JsonObject>,
    /// The time when the member was created.
    #[response(lenient)]
    pub created_at: Option<Timestamp>,
    /// The time of the last change.
    #[response(lenient)]
    pub updated_at: Option<Timestamp>,
    /// The SCIM registration.
    pub scim_registration: Option<ScimRegistration>,
    /// Your own id for the member.
    pub external_id: Option<String>,
    /// The time when logins were blocked.
    #[response(lenient)]
    pub lock_created_at: Option<Timestamp>,
    /// The time when logins are possible again.
    #[response(lenient)]
    pub lock_expires_at: Option<Timestamp>,
}

/// A role of a member.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MemberRole {
    /// The id of the role.
    pub role_id: String,
    /// The sources of the role.
    pub sources: Vec<MemberRoleSource>,
}

/// A source of a member's role.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MemberRoleSource {
    /// The kind of source: `direct_assignment`, `email_assignment`, `sso_connection`, `sso_connection_group`,
    /// `scim_connection_group`.
    #[serde(rename = "type")]
    pub source_type: String,
    /// The values that identify the source, for example the email domain.
    pub details: Option<JsonObject>,
}

/// A previous email address of a member.
pub type RetiredEmail = EmailFactor;

/// An SSO registration of a member.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SsoRegistration {
    /// The id of the connection.
    pub connection_id: String,
    /// The id that the identity provider has given the member.
    pub external_id: String,
    /// The id of the registration.
    pub registration_id: String,
    /// The attributes that the identity provider has sent.
    pub sso_attributes: Option<JsonObject>,
}

/// An OAuth registration of a member.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OauthRegistration {
    /// The identity provider, for example `Google`.
    pub provider_type: String,
    /// The member's id at the provider.
    pub provider_subject: String,
    /// The id of the registration.
    pub member_oauth_registration_id: String,
    /// The URL of the member's picture.
    pub profile_picture_url: Option<String>,
    /// The member's language at the provider.
    pub locale: Option<String>,
}

/// A SCIM registration of a member.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct ScimRegistration {
    /// The id of the connection.
    pub connection_id: String,
    /// The id of the registration.
    pub registration_id: String,
    /// The id that the identity provider has given the member.
    pub external_id: Option<String>,
    /// The attributes that the identity provider has sent.
    pub scim_attributes: Option<ScimAttributes>,
}
