//! Applications that members of an organization have connected.

use std::borrow::Cow;

use declapi::{endpoint, response};

use super::Organizations;
use crate::HttpStatus;
use crate::b2b::ActingToken;
use crate::models::ClientType;

/// Lists the applications that members of an organization have connected.
#[endpoint(
    get = "/v1/b2b/organizations/{organization_id}/connected_apps",
    response = ConnectedAppsResponse,
    on = Organizations,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct ConnectedApps<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// The response to [`ConnectedApps`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ConnectedAppsResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The applications.
    pub connected_apps: Vec<OrganizationConnectedApp>,
}

/// An application that members of an organization have connected.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OrganizationConnectedApp {
    /// The id of the application.
    pub connected_app_id: String,
    /// The name.
    pub name: String,
    /// The description of the application.
    pub description: String,
    /// The owner of the app, and whether it can keep a secret.
    pub client_type: ClientType,
    /// The URL of the logo.
    pub logo_url: Option<String>,
}

/// Reads an application that members of an organization have connected.
#[endpoint(
    get = "/v1/b2b/organizations/{organization_id}/connected_apps/{connected_app_id}",
    response = GetConnectedAppResponse,
    on = Organizations,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct GetConnectedApp<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the application.
    pub connected_app_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// The response to [`GetConnectedApp`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GetConnectedAppResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the application.
    #[response(required)]
    pub connected_app_id: String,
    /// The name.
    pub name: String,
    /// The description of the application.
    pub description: String,
    /// The owner of the app, and whether it can keep a secret.
    pub client_type: ClientType,
    /// The members who have connected it.
    pub active_members: Vec<ActiveMember>,
    /// The URL of the logo.
    pub logo_url: Option<String>,
}

/// A member who has connected an application.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ActiveMember {
    /// The id of the member.
    pub member_id: String,
    /// The scopes that the member has granted.
    pub granted_scopes: Vec<String>,
}
