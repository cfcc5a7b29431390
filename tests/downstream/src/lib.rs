//! An API after the manner of Stytch's, declared outside of its client: structs and attributes, and nothing else.

use std::borrow::Cow;

use api::{endpoint, object, resource, response};
use stytch::JsonObject;
use stytch::passwords::{Attributes, Name, User};

/// Logins by a link, under another name than the client's own resource.
#[resource(name = links, crate = api)]
pub struct MagicLinks;

/// Logins by a link in a mail.
#[resource(on = MagicLinks, name = email, crate = api)]
pub struct ByEmail;

/// Sends a link that logs a user in, and creates the user where there is none.
#[endpoint(
    post = "/v1/magic_links/email/login_or_create",
    response = LoginOrCreateResponse,
    on = ByEmail,
    crate = api
)]
pub struct LoginOrCreate<'a> {
    /// The email address of the end user.
    pub email: Cow<'a, str>,
    /// Where the link leads to for a user who exists.
    pub login_magic_link_url: Option<Cow<'a, str>>,
    /// Where the link leads to for a new user.
    pub signup_magic_link_url: Option<Cow<'a, str>>,
    /// How long the link is good for, in minutes.
    pub login_expiration_minutes: Option<u32>,
    /// The SHA-256 of a verifier that is then asked for.
    pub code_challenge: Option<Cow<'a, str>>,
    /// Where the user is, for the protected session.
    pub attributes: Option<Attributes<'a>>,
    /// Whether a new user waits for the first login.
    pub create_user_as_pending: Option<bool>,
}

/// The answer to [`LoginOrCreate`].
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

/// Users, under another name than the client's own resource, which a client's own method would hide.
#[resource(name = directory, crate = api)]
pub struct Users;

/// Reads a user.
#[endpoint(get = "/v1/users/{user_id}", response = User, on = Users, name = get, crate = api)]
pub struct GetUser<'a> {
    /// The id of the user.
    pub user_id: &'a str,
}

/// The apps that a user has let in.
#[endpoint(
    get = "/v1/users/{user_id}/connected_apps",
    response = ConnectedAppsResponse,
    on = Users,
    crate = api
)]
pub struct ConnectedApps<'a> {
    /// The id of the user.
    pub user_id: &'a str,
    /// How many to return, at most.
    pub limit: Option<u32>,
    /// The scopes that an app must have been granted.
    #[serde(rename = "scope")]
    pub scopes: Option<Vec<Cow<'a, str>>>,
}

/// The answer to [`ConnectedApps`].
#[response(crate = api)]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ConnectedAppsResponse {
    /// The apps.
    pub connected_apps: Vec<ConnectedApp>,
}

/// An app that a user has let in.
#[response(crate = api)]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ConnectedApp {
    /// The id of the app.
    #[response(required)]
    pub connected_app_id: String,
    /// What it is called.
    pub name: String,
    /// What it may do, separated by spaces.
    pub scopes_granted: String,
}

/// Changes a user.
#[endpoint(put = "/v1/users/{user_id}", response = UpdateResponse, on = Users, idempotent, crate = api)]
pub struct Update<'a> {
    /// The id of the user.
    pub user_id: &'a str,
    /// What the user is called.
    pub name: Option<Name<'a>>,
    /// What your own system calls the user; null takes the id away.
    pub external_id: Option<Option<Cow<'a, str>>>,
    /// What only your servers may change.
    pub trusted_metadata: Option<JsonObject>,
}

/// The answer to [`Update`].
#[response(crate = api)]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct UpdateResponse {
    /// The user as it is now.
    pub user: Option<User>,
}

/// Deletes a user.
#[endpoint(delete = "/v1/users/{user_id}", response = (), on = Users, idempotent, crate = api)]
pub struct Delete<'a> {
    /// The id of the user.
    pub user_id: &'a str,
}

/// Finds users, a page at a time.
#[endpoint(post = "/v1/users/search", response = SearchResponse, on = Users, idempotent, crate = api)]
pub struct Search<'a> {
    /// Where the page before this one ended.
    pub cursor: Option<Cow<'a, str>>,
    /// How many to return, at most 1000.
    pub limit: Option<u32>,
    /// What is looked for; everybody when left out.
    pub query: Option<Query<'a>>,
}

/// What a search looks for.
#[object(crate = api)]
#[derive(Clone, PartialEq)]
pub struct Query<'a> {
    /// How the operands are taken together: `AND` or `OR`.
    pub operator: Cow<'a, str>,
    /// What each user found must be.
    pub operands: Vec<Operand<'a>>,
}

/// One condition of a search.
#[object(crate = api)]
#[derive(Clone, PartialEq)]
pub struct Operand<'a> {
    /// What is compared, such as `email_address`.
    pub filter_name: Cow<'a, str>,
    /// What it is compared with.
    pub filter_value: Vec<Cow<'a, str>>,
}

/// The answer to [`Search`].
#[response(crate = api)]
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct SearchResponse {
    /// The users of this page.
    pub results: Vec<User>,
    /// Where the page stands among the others.
    pub results_metadata: Position,
}

/// Where a page of a search stands.
#[response(crate = api)]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Position {
    /// How many users there are on all pages.
    pub total: u64,
    /// What the next page is asked for with; none on the last.
    pub next_cursor: Option<String>,
}
