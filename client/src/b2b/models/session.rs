//! Sessions of members, and the missing factors of a login.

use declapi::{Timestamp, response};

use super::{Member, Organization};
use crate::JsonObject;
use crate::models::{AuthenticationFactor, without_nulls};

/// A session of a member.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct MemberSession {
    /// The id of the session.
    pub member_session_id: String,
    /// The id of the member.
    pub member_id: String,
    /// The time when the session was started.
    #[response(lenient)]
    pub started_at: Option<Timestamp>,
    /// The time when it was last used.
    #[response(lenient)]
    pub last_accessed_at: Option<Timestamp>,
    /// The time when it ends.
    #[response(lenient)]
    pub expires_at: Option<Timestamp>,
    /// The factors that the member has verified.
    #[serde(default, deserialize_with = "without_nulls")]
    pub authentication_factors: Vec<AuthenticationFactor>,
    /// The id of the organization.
    pub organization_id: String,
    /// The member's roles.
    pub roles: Vec<String>,
    /// The name of the organization in URLs.
    pub organization_slug: String,
    /// The custom claims.
    pub custom_claims: Option<JsonObject>,
}

/// The requirement of a second factor.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MfaRequired {
    /// The second factors that the member has.
    pub member_options: Option<MfaMemberOptions>,
    /// The method by which a passcode was already sent: `sms_otp`.
    pub secondary_auth_initiated: Option<String>,
}

/// The second factors that a member has.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct MfaMemberOptions {
    /// The phone number. Empty if there is none.
    pub mfa_phone_number: String,
    /// The id of the authenticator app. Empty if there is none.
    pub totp_registration_id: String,
}

/// The requirement of another first factor, because the organization does not allow the verified one.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PrimaryRequired {
    /// The methods that the organization allows, for example `sso` and `google_oauth`.
    pub allowed_auth_methods: Vec<String>,
}

/// An organization that a person belongs to or may join.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct DiscoveredOrganization {
    /// Whether an exchange of the intermediate session logs the member in.
    pub member_authenticated: bool,
    /// The organization.
    pub organization: Option<Organization>,
    /// The relation of the person to the organization.
    pub membership: Option<Membership>,
    /// The requirement of another first factor, if there is one.
    pub primary_required: Option<PrimaryRequired>,
    /// The requirement of a second factor, if there is one.
    pub mfa_required: Option<MfaRequired>,
}

/// The relation of a person to an organization.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Membership {
    /// The kind: `active_member`, `pending_member`, `invited_member`, `eligible_to_join_by_email_domain` or
    /// `eligible_to_join_by_oauth_tenant`.
    #[serde(rename = "type")]
    pub membership_type: String,
    /// The reason why the person is eligible, for example the domain.
    pub details: Option<JsonObject>,
    /// The member, if the person is one.
    pub member: Option<Member>,
}
