//! Responses of several operations.

use declapi::{Timestamp, response};

use super::{DiscoveredOrganization, Member, MemberLogin, MemberSession, Organization};
use crate::models::{Device, unless_empty};
use crate::{HttpStatus, Secret};

/// An organization, as it is now.
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct OrganizationResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The organization.
    #[response(required)]
    pub organization: Organization,
}

/// A member, as it is now.
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct MemberResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the member.
    #[response(required)]
    pub member_id: String,
    /// The member.
    pub member: Option<Member>,
    /// The organization.
    pub organization: Option<Organization>,
}

/// A member, who may be new.
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct MemberCreatedResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the member.
    #[response(required)]
    pub member_id: String,
    /// Whether there was no such member before.
    pub member_created: bool,
    /// The member.
    pub member: Option<Member>,
    /// The organization.
    pub organization: Option<Organization>,
}

/// A login of a member.
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LoginResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The login.
    #[serde(flatten)]
    pub login: MemberLogin,
}

/// A login that always gives a session.
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SessionResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the member.
    #[response(required)]
    pub member_id: String,
    /// The member.
    pub member: Option<Member>,
    /// The organization.
    pub organization: Option<Organization>,
    /// The opaque token of the session.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// The JWT of the session, which is valid for five minutes.
    #[serde(deserialize_with = "unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The session.
    pub member_session: Option<MemberSession>,
    /// The device, as telemetry knows it.
    pub member_device: Option<Device>,
}

/// A proven email address, and the organizations that it opens.
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DiscoveryResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The token of the intermediate session, which is to be exchanged for a session.
    #[response(required)]
    pub intermediate_session_token: Secret,
    /// The email address that was proven.
    pub email_address: String,
    /// The organizations that the address belongs to or may join.
    pub discovered_organizations: Vec<DiscoveredOrganization>,
    /// When the intermediate session ends.
    #[response(lenient)]
    pub intermediate_session_token_expires_at: Option<Timestamp>,
}
