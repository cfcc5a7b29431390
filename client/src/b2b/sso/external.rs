//! External SSO connections, which belong to other organizations.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use super::{ConnectionRoleAssignment, GroupRoleAssignment, Sso};
use crate::HttpStatus;
use crate::b2b::ActingToken;
use crate::b2b::models::{ConnectionRole, GroupRole};

/// External SSO connections, which belong to other organizations, from [`Sso::external`].
#[resource(on = Sso)]
pub struct External;

/// Lets an organization use an SSO connection of another organization.
#[endpoint(post = "/v1/b2b/sso/external/{organization_id}", response = ConnectionResponse, on = External)]
#[derive(Clone)]
#[non_exhaustive]
pub struct CreateConnection<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the other organization.
    pub external_organization_id: Cow<'a, str>,
    /// The id of the connection in the other organization.
    pub external_connection_id: Cow<'a, str>,
    /// The name that users see.
    pub display_name: Option<Cow<'a, str>>,
    /// Roles for members who log in with the connection.
    pub connection_implicit_role_assignments: Option<Vec<ConnectionRole<'a>>>,
    /// Roles for members who are in a group.
    pub group_implicit_role_assignments: Option<Vec<GroupRole<'a>>>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Changes an external SSO connection. Fields that are not set keep their values.
#[endpoint(
    put = "/v1/b2b/sso/external/{organization_id}/connections/{connection_id}",
    response = ConnectionResponse,
    on = External,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct UpdateConnection<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the connection.
    pub connection_id: Cow<'a, str>,
    /// The name that users see.
    pub display_name: Option<Cow<'a, str>>,
    /// Roles for members who log in with the connection. They replace the previous roles.
    pub external_connection_implicit_role_assignments: Option<Vec<ConnectionRole<'a>>>,
    /// Roles for members who are in a group. They replace the previous roles.
    pub external_group_implicit_role_assignments: Option<Vec<GroupRole<'a>>>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// An external SSO connection: the response to [`CreateConnection`] and [`UpdateConnection`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ConnectionResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The connection.
    pub connection: Option<ExternalConnection>,
}

/// An SSO connection of another organization.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExternalConnection {
    /// The id of the organization.
    pub organization_id: String,
    /// The id of the connection.
    pub connection_id: String,
    /// The id of the other organization.
    pub external_organization_id: String,
    /// The id of the connection in the other organization.
    pub external_connection_id: String,
    /// The name that users see.
    pub display_name: String,
    /// The status, for example `pending` or `active`.
    pub status: String,
    /// Roles for members who log in with the connection.
    pub external_connection_implicit_role_assignments: Vec<ConnectionRoleAssignment>,
    /// Roles for members who are in a group.
    pub external_group_implicit_role_assignments: Vec<GroupRoleAssignment>,
}
