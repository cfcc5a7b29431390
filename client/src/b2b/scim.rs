//! Stytch's SCIM API: members and groups that an identity provider synchronizes.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use super::models::{
    ScimConnection, ScimConnectionWithNextToken, ScimConnectionWithToken, ScimGroup, ScimGroupRole,
    ScimIdentityProvider,
};
use super::{ActingToken, Client};
use crate::HttpStatus;

/// Members and groups that an identity provider synchronizes.
///
/// From [`Client::scim`].
#[resource(on = &Client)]
pub struct Scim;

/// The SCIM connection of an organization, from [`Scim::connection`].
#[resource(on = Scim)]
pub struct Connection;

/// Creates the SCIM connection of an organization. No later response shows its bearer token.
#[endpoint(post = "/v1/b2b/scim/{organization_id}/connection", response = CreateResponse, on = Connection)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The name that users see.
    pub display_name: Option<Cow<'a, str>>,
    /// The identity provider, for setup instructions. Default: `generic`.
    pub identity_provider: Option<ScimIdentityProvider>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// The response to [`Create`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CreateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The connection.
    pub connection: Option<ScimConnectionWithToken>,
}

/// Reads the SCIM connection of an organization.
#[endpoint(
    get = "/v1/b2b/scim/{organization_id}/connection",
    response = ConnectionResponse,
    on = Connection,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Get<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// A response with a SCIM connection.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ConnectionResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The connection.
    pub connection: Option<ScimConnection>,
}

/// Changes a SCIM connection. Fields that are not set keep their values.
#[endpoint(
    put = "/v1/b2b/scim/{organization_id}/connection/{connection_id}",
    response = ConnectionResponse,
    on = Connection,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Update<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the connection.
    pub connection_id: Cow<'a, str>,
    /// The name that users see.
    pub display_name: Option<Cow<'a, str>>,
    /// The identity provider, for setup instructions.
    pub identity_provider: Option<ScimIdentityProvider>,
    /// Roles for members who are in a group. They replace the previous roles.
    pub scim_group_implicit_role_assignments: Option<Vec<ScimGroupRole<'a>>>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Deletes a SCIM connection.
#[endpoint(
    delete = "/v1/b2b/scim/{organization_id}/connection/{connection_id}",
    response = DeleteResponse,
    on = Connection,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Delete<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the connection.
    pub connection_id: Cow<'a, str>,
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
    /// The id of the connection.
    #[response(required)]
    pub connection_id: String,
}

/// Creates a second bearer token for a SCIM connection. Both tokens are valid until the rotation is completed or
/// cancelled.
#[endpoint(
    post = "/v1/b2b/scim/{organization_id}/connection/{connection_id}/rotate/start",
    response = RotateStartResponse,
    on = Connection
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct RotateStart<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the connection.
    pub connection_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// The response to [`RotateStart`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RotateStartResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The connection.
    pub connection: Option<ScimConnectionWithNextToken>,
}

/// Completes a rotation. The next bearer token replaces the current one.
#[endpoint(
    post = "/v1/b2b/scim/{organization_id}/connection/{connection_id}/rotate/complete",
    response = ConnectionResponse,
    on = Connection
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct RotateComplete<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the connection.
    pub connection_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Cancels a rotation. The next bearer token becomes invalid.
#[endpoint(
    post = "/v1/b2b/scim/{organization_id}/connection/{connection_id}/rotate/cancel",
    response = ConnectionResponse,
    on = Connection
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct RotateCancel<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the connection.
    pub connection_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Lists the groups of a SCIM connection.
#[endpoint(
    get = "/v1/b2b/scim/{organization_id}/connection/{connection_id}",
    response = GetGroupsResponse,
    on = Connection,
    page(cursor = cursor),
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct GetGroups<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the connection.
    pub connection_id: Cow<'a, str>,
    /// The start of the page: the `next_cursor` of the previous page. Default: the first page.
    pub cursor: Option<Cow<'a, str>>,
    /// The maximum number of results: at most 1000. Default: 100.
    pub limit: Option<u32>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// The response to [`GetGroups`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GetGroupsResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The groups of this page.
    #[response(items)]
    pub scim_groups: Vec<ScimGroup>,
    /// The start of the next page. `None` on the last page.
    #[response(next)]
    pub next_cursor: Option<String>,
}
