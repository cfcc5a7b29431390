//! An API in the style of Stytch, declared outside of the client crate with structs and attributes only.

use std::borrow::Cow;

use api::{endpoint, object, resource, response};
use stytch::JsonObject;
use stytch::passwords::{Attributes, Name, User};

/// Logins with a link. The name differs from the client's own resource.
#[resource(name = links, crate = api)]
pub struct MagicLinks;

/// Logins with a link in a mail.
#[resource(on = MagicLinks, name = email, crate = api)]
pub struct ByEmail;

/// Sends a link that logs a user in, and creates the user if there is none.
#[endpoint(
    post = "/v1/magic_links/email/login_or_create",
    response = LoginOrCreateResponse,
    on = ByEmail,
    crate = api
)]
pub struct LoginOrCreate<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// The URL of the link for an existing user.
    pub login_magic_link_url: Option<Cow<'a, str>>,
    /// The URL of the link for a new user.
    pub signup_magic_link_url: Option<Cow<'a, str>>,
    /// The validity of the link, in minutes.
    pub login_expiration_minutes: Option<u32>,
    /// The SHA-256 hash of a verifier, which the login must send.
    pub code_challenge: Option<Cow<'a, str>>,
    /// The origin of the user's request, for a protected session.
    pub attributes: Option<Attributes<'a>>,
    /// Whether a new user is pending until the first login.
    pub create_user_as_pending: Option<bool>,
}

/// The response to [`LoginOrCreate`].
#[response(crate = api)]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct LoginOrCreateResponse {
    /// The id of the call.
    pub request_id: String,
    /// The id of the user.
    #[response(required)]
    pub user_id: String,
    /// The id of the email address.
    pub email_id: String,
    /// Whether the user is new.
    pub user_created: bool,
}

/// Users. The name differs from the client's own resource, which would hide the methods.
#[resource(name = directory, crate = api)]
pub struct Users;

/// Reads a user.
#[endpoint(get = "/v1/users/{user_id}", response = User, on = Users, name = get, crate = api)]
pub struct GetUser<'a> {
    /// The id of the user.
    pub user_id: &'a str,
}

/// Lists the apps that a user has connected.
#[endpoint(
    get = "/v1/users/{user_id}/connected_apps",
    response = ConnectedAppsResponse,
    on = Users,
    crate = api
)]
pub struct ConnectedApps<'a> {
    /// The id of the user.
    pub user_id: &'a str,
    /// The maximum number of results.
    pub limit: Option<u32>,
    /// The scopes that an app must have been granted.
    #[serde(rename = "scope")]
    pub scopes: Option<Vec<Cow<'a, str>>>,
}

/// The response to [`ConnectedApps`].
#[response(crate = api)]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ConnectedAppsResponse {
    /// The apps.
    pub connected_apps: Vec<ConnectedApp>,
}

/// An app that a user has connected.
#[response(crate = api)]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ConnectedApp {
    /// The id of the app.
    #[response(required)]
    pub connected_app_id: String,
    /// The name of the app.
    pub name: String,
    /// The granted scopes, separated by spaces.
    pub scopes_granted: String,
}

/// Changes a user.
#[endpoint(put = "/v1/users/{user_id}", response = UpdateResponse, on = Users, idempotent, crate = api)]
pub struct Update<'a> {
    /// The id of the user.
    pub user_id: &'a str,
    /// The name of the user.
    pub name: Option<Name<'a>>,
    /// Your own id for the user; null removes the id.
    pub external_id: Option<Option<Cow<'a, str>>>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
}

/// The response to [`Update`].
#[response(crate = api)]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UpdateResponse {
    /// The user after the change.
    pub user: Option<User>,
}

/// Deletes a user.
#[endpoint(delete = "/v1/users/{user_id}", response = (), on = Users, idempotent, crate = api)]
pub struct Delete<'a> {
    /// The id of the user.
    pub user_id: &'a str,
}

/// Searches users, page by page.
#[endpoint(post = "/v1/users/search", response = SearchResponse, on = Users, idempotent, crate = api)]
pub struct Search<'a> {
    /// The position from the previous page.
    pub cursor: Option<Cow<'a, str>>,
    /// The maximum number of results: at most 1000.
    pub limit: Option<u32>,
    /// The query. Default: all users.
    pub query: Option<Query<'a>>,
}

/// The query of a search.
#[object(crate = api)]
#[derive(Clone, PartialEq)]
pub struct Query<'a> {
    /// How the operands are combined: `AND` or `OR`.
    pub operator: Cow<'a, str>,
    /// The conditions.
    pub operands: Vec<Operand<'a>>,
}

/// One condition of a search.
#[object(crate = api)]
#[derive(Clone, PartialEq)]
pub struct Operand<'a> {
    /// The name of the filter, for example `email_address`.
    pub filter_name: Cow<'a, str>,
    /// The values to compare with.
    pub filter_value: Vec<Cow<'a, str>>,
}

/// The response to [`Search`].
#[response(crate = api)]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SearchResponse {
    /// The users of this page.
    pub results: Vec<User>,
    /// The position of the page.
    pub results_metadata: Position,
}

/// The position of a page in a search.
#[response(crate = api)]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Position {
    /// The total number of users on all pages.
    pub total: u64,
    /// The position of the next page; `None` on the last page.
    pub next_cursor: Option<String>,
}
