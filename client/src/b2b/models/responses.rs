//! Responses of several operations.

use declapi::{Timestamp, response};

use super::{DiscoveredOrganization, Member, MemberLogin, MemberSession, Organization};
use crate::models::{Device, unless_empty};
use crate::{HttpStatus, Secret};

/// A response with an organization.
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

/// A response with a member.
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

/// A response with a member, who may be new.
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
    /// Whether a new member was created.
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

/// A login that always starts or extends a session.
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
    /// The telemetry data of the device.
    pub member_device: Option<Device>,
}

/// An intermediate session of a person, with their organizations.
#[response]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct DiscoveryResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The token of the intermediate session. Exchange it for a session.
    #[response(required)]
    pub intermediate_session_token: Secret,
    /// The verified email address.
    pub email_address: String,
    /// The organizations that the person belongs to or may join.
    pub discovered_organizations: Vec<DiscoveredOrganization>,
    /// The time when the intermediate session ends.
    #[response(lenient)]
    pub intermediate_session_token_expires_at: Option<Timestamp>,
}
