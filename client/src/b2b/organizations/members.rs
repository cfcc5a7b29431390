//! Members of organizations.
//!
//! Over 350 lines: one resource with fifteen operations.

pub mod oauth_providers;

use std::borrow::Cow;
use std::collections::BTreeMap;

use declapi::{endpoint, open_enum, resource, response};
use serde::de::Error;
use serde::{Deserialize, Deserializer};

use super::Organizations;
use crate::b2b::models::{Member, MemberResponse, Organization};
use crate::b2b::{ActingToken, Client};
use crate::models::{EmptyResponse, Locale, ResultsMetadata, SearchQuery};
use crate::users::ConnectedAppsResponse;
use crate::{HttpStatus, JsonObject, Secret};

/// Members of organizations, from [`Organizations::members`].
#[resource(on = Organizations)]
pub struct Members;

/// Creates a member. The error is `duplicate_email` if a member of the organization has the address.
#[endpoint(post = "/v1/b2b/organizations/{organization_id}/members", response = MemberResponse, on = Members)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The email address of the member.
    pub email_address: Cow<'a, str>,
    /// The full name of the member.
    pub name: Option<Cow<'a, str>>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the member can edit. Do not trust it.
    pub untrusted_metadata: Option<JsonObject>,
    /// Whether the member is `pending` until the first login. Default: `active` from the start.
    pub create_member_as_pending: Option<bool>,
    /// Whether the member can log in with any method, even with one that the organization does not allow. For
    /// emergencies.
    pub is_breakglass: Option<bool>,
    /// The phone number for passcodes, in E.164 form: `+12025550162`.
    pub mfa_phone_number: Option<Cow<'a, str>>,
    /// Whether the member needs a second factor even if the organization does not require one.
    pub mfa_enrolled: Option<bool>,
    /// The roles of the member.
    pub roles: Option<Vec<Cow<'a, str>>>,
    /// Your own id for the member: at most 128 ASCII letters, digits or `. _ - |`. Unique in the organization.
    pub external_id: Option<Cow<'a, str>>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Reads a member. Set exactly one of `member_id` and `email_address`. The error is `member_not_found` if the member
/// does not exist or was deleted.
#[endpoint(
    get = "/v1/b2b/organizations/{organization_id}/member",
    response = MemberResponse,
    on = Members<&Client>,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Get<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Option<Cow<'a, str>>,
    /// The email address of the member.
    pub email_address: Option<Cow<'a, str>>,
}

/// Reads a member of any organization.
///
/// Dangerous: Stytch does not check the organization of the member. Compare the `organization_id` of the response.
#[endpoint(
    get = "/v1/b2b/organizations/members/dangerously_get/{member_id}",
    response = MemberResponse,
    on = Members<&Client>,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DangerouslyGet<'a> {
    /// The id of the member.
    pub member_id: Cow<'a, str>,
    /// Whether to return a member who was deleted.
    pub include_deleted: Option<bool>,
}

/// Changes a member. Fields that are not set keep their values. Metadata is merged, and a key that is null is deleted.
#[endpoint(
    put = "/v1/b2b/organizations/{organization_id}/members/{member_id}",
    response = MemberResponse,
    on = Members,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Update<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The full name of the member.
    pub name: Option<Cow<'a, str>>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the member can edit. Do not trust it.
    pub untrusted_metadata: Option<JsonObject>,
    /// Whether the member can log in with any method, even with one that the organization does not allow. For
    /// emergencies.
    pub is_breakglass: Option<bool>,
    /// The phone number for passcodes, in E.164 form: `+12025550162`.
    pub mfa_phone_number: Option<Cow<'a, str>>,
    /// Whether the member needs a second factor even if the organization does not require one.
    pub mfa_enrolled: Option<bool>,
    /// The roles of the member. They replace the previous roles.
    pub roles: Option<Vec<Cow<'a, str>>>,
    /// Whether the sessions of the member stay active when the roles change. Default: they are revoked.
    pub preserve_existing_sessions: Option<bool>,
    /// The default second factor of the member: `sms_otp` or `totp`.
    pub default_mfa_method: Option<Cow<'a, str>>,
    /// The new email address. The member does not have to verify it. The sessions of the member are revoked.
    pub email_address: Option<Cow<'a, str>>,
    /// Your own id for the member: at most 128 ASCII letters, digits or `. _ - |`. Unique in the organization.
    pub external_id: Option<Cow<'a, str>>,
    /// Whether other members can use the previous address immediately. Default: the address is retired.
    pub unlink_email: Option<bool>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Deletes a member. The member can be reactivated later.
#[endpoint(
    delete = "/v1/b2b/organizations/{organization_id}/members/{member_id}",
    response = DeleteResponse,
    on = Members,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Delete<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// The response to [`Delete`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DeleteResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the member who was deleted.
    #[response(required)]
    pub member_id: String,
}

/// Reactivates a member who was deleted. The deleted factors of the member are not restored.
#[endpoint(
    put = "/v1/b2b/organizations/{organization_id}/members/{member_id}/reactivate",
    response = MemberResponse,
    on = Members,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Reactivate<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Searches the members of organizations.
///
/// With [`pages`](SearchBuilder::pages), each page contains the organizations of its members.
#[endpoint(
    post = "/v1/b2b/organizations/members/search",
    response = SearchResponse,
    on = Members,
    page(cursor = cursor),
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Search<'a> {
    /// The organizations, each by its id, its slug, or your own id for it. At least one.
    pub organization_ids: Vec<Cow<'a, str>>,
    /// The start of the page: the `next_cursor` of the previous page. Default: the first page.
    pub cursor: Option<Cow<'a, str>>,
    /// The maximum number of results: at most 1000. Default: 100.
    pub limit: Option<u32>,
    /// The filters of the search. Default: all members.
    pub query: Option<SearchQuery<Member>>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// The response to [`Search`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SearchResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The members of this page.
    #[response(items)]
    pub members: Vec<Member>,
    /// The total number of results, and the start of the next page.
    #[response(required, next = next_cursor)]
    pub results_metadata: ResultsMetadata,
    /// The organizations of these members, by their ids.
    #[serde(default, deserialize_with = "without_nulls")]
    pub organizations: BTreeMap<String, Organization>,
}

/// Reads the organizations. An entry that is not an object is skipped, so that the members can still be read.
fn without_nulls<'de, D: Deserializer<'de>>(from: D) -> Result<BTreeMap<String, Organization>, D::Error> {
    let entries: Option<JsonObject> = Deserialize::deserialize(from)?;
    let objects = entries.into_iter().flatten().filter(|(_, entry)| entry.is_object());
    let read = |(id, entry)| Organization::deserialize(entry).map(|organization| (id, organization));
    objects.map(read).collect::<Result<_, _>>().map_err(D::Error::custom)
}

/// Mails a link or a passcode to a new email address of a member. When the member has verified the address, it replaces
/// the previous one, which is retired.
#[endpoint(
    post = "/v1/b2b/organizations/{organization_id}/members/{member_id}/start_email_update",
    response = MemberResponse,
    on = Members
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct StartEmailUpdate<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The new email address.
    pub email_address: Cow<'a, str>,
    /// The URL of the link. Default: the setting of the project.
    pub login_redirect_url: Option<Cow<'a, str>>,
    /// The language. Default: English.
    pub locale: Option<Locale>,
    /// The id of a mail template of the project.
    pub login_template_id: Option<Cow<'a, str>>,
    /// Whether the mail contains a link or a passcode. Default: a link.
    pub delivery_method: Option<EmailUpdateMethod>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

open_enum! {
    /// The method to verify a new email address.
    pub enum EmailUpdateMethod {
        /// A link in a mail.
        MagicLink = "EMAIL_MAGIC_LINK",
        /// A passcode in a mail.
        Otp = "EMAIL_OTP",
    }
}

/// Unlinks a retired email address from a member, so that another member can use it.
///
/// Set one of `email_id` and `email_address`.
#[endpoint(
    post = "/v1/b2b/organizations/{organization_id}/members/{member_id}/unlink_retired_email",
    response = UnlinkRetiredEmailResponse,
    on = Members
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct UnlinkRetiredEmail<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The id of the retired address.
    pub email_id: Option<Cow<'a, str>>,
    /// The retired address.
    pub email_address: Option<Cow<'a, str>>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// The response to [`UnlinkRetiredEmail`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UnlinkRetiredEmailResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the member.
    #[response(required)]
    pub member_id: String,
    /// The id of the organization.
    pub organization_id: String,
    /// The member.
    pub member: Option<Member>,
    /// The organization.
    pub organization: Option<Organization>,
}

/// Deletes the phone number of a member. The member must enter a new one at the next login that needs it.
#[endpoint(
    delete = "/v1/b2b/organizations/{organization_id}/members/mfa_phone_numbers/{member_id}",
    response = MemberResponse,
    on = Members,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeleteMfaPhoneNumber<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Deletes the authenticator app of a member.
#[endpoint(
    delete = "/v1/b2b/organizations/{organization_id}/members/{member_id}/totp",
    response = MemberResponse,
    on = Members,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeleteTotp<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Deletes the password of a member.
#[endpoint(
    delete = "/v1/b2b/organizations/{organization_id}/members/passwords/{member_password_id}",
    response = MemberResponse,
    on = Members,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeletePassword<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the password.
    pub member_password_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Deletes your own id for a member.
#[endpoint(
    delete = "/v1/b2b/organizations/{organization_id}/members/{member_id}/external_id",
    response = MemberResponse,
    on = Members,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeleteExternalId<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Returns the tokens of a member from OIDC connections. Expired tokens are refreshed.
#[endpoint(
    get = "/v1/b2b/organizations/{organization_id}/members/{member_id}/oidc_providers",
    response = OidcProvidersResponse,
    on = Members<&Client>,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct OidcProviders<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// Whether the response contains refresh tokens.
    pub include_refresh_token: Option<bool>,
}

/// The response to [`OidcProviders`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct OidcProvidersResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The registrations, with their tokens.
    pub registrations: Vec<OidcRegistration>,
}

/// A registration with an OIDC connection, with its tokens.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OidcRegistration {
    /// The member's id at the provider.
    pub provider_subject: String,
    /// The ID token. It was not verified.
    pub id_token: Secret,
    /// The access token.
    pub access_token: Secret,
    /// The lifetime of the access token, in seconds.
    pub access_token_expires_in: u32,
    /// The scopes that were granted.
    pub scopes: Vec<String>,
    /// The id of the connection.
    pub connection_id: String,
    /// The refresh token, if it was requested and there is one.
    pub refresh_token: Option<Secret>,
}

/// Lists the applications that a member has connected.
#[endpoint(
    get = "/v1/b2b/organizations/{organization_id}/members/{member_id}/connected_apps",
    response = ConnectedAppsResponse,
    on = Members,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct GetConnectedApps<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// The applications that members have connected, from [`Members::connected_apps`].
#[resource(on = Members)]
pub struct ConnectedApps;

/// Disconnects an application from a member, and revokes its tokens.
#[endpoint(
    post = "/v1/b2b/organizations/{organization_id}/members/{member_id}/connected_apps/{connected_app_id}/revoke",
    response = EmptyResponse,
    on = ConnectedApps,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Revoke<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the member, or your own id for the member.
    pub member_id: Cow<'a, str>,
    /// The id of the application.
    pub connected_app_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}
