//! Stytch's B2B Recovery Codes API.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use super::Client;
use super::models::{Member, MemberSession, Organization};
use crate::models::{Device, unless_empty};
use crate::{HttpStatus, JsonObject, Secret};

/// Codes for members who have lost their authenticator app.
///
/// From [`Client::recovery_codes`].
#[resource(on = &Client)]
pub struct RecoveryCodes;

/// Verifies a recovery code as the second factor, and logs the member in. The code becomes invalid.
///
/// Set one of `intermediate_session_token`, `session_token` and `session_jwt` to identify the login.
#[endpoint(post = "/v1/b2b/recovery_codes/recover", response = RecoverResponse, on = RecoveryCodes)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Recover<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The recovery code.
    #[endpoint(secret)]
    pub recovery_code: Cow<'a, str>,
    /// The token of the intermediate session of the member who logs in.
    #[endpoint(secret)]
    pub intermediate_session_token: Option<Cow<'a, str>>,
    /// The token of a session of the member, as an alternative to the intermediate session.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of the member, as an alternative to the intermediate session.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The lifetime of the session in minutes from now: 5 to 527040 (366 days). Default: 60.
    pub session_duration_minutes: Option<u32>,
    /// Claims to add to the session's JWT: at most 4 KB. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// The response to [`Recover`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RecoverResponse {
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
    /// The number of unused codes.
    pub recovery_codes_remaining: u32,
    /// The session.
    pub member_session: Option<MemberSession>,
    /// The telemetry data of the device.
    pub member_device: Option<Device>,
}

/// Returns the unused recovery codes of a member.
#[endpoint(
    get = "/v1/b2b/recovery_codes/{organization_id}/{member_id}",
    response = GetResponse,
    on = RecoveryCodes,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Get<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
}

/// The recovery codes of a member: the response to [`Get`] and [`Rotate`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GetResponse {
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
    /// The recovery codes. Each can be used for one login.
    pub recovery_codes: Vec<Secret>,
}

/// Replaces the recovery codes of a member with new ones.
#[endpoint(post = "/v1/b2b/recovery_codes/rotate", response = GetResponse, on = RecoveryCodes)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Rotate<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
}
