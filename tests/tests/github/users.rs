//! Accounts, and who follows whom.

use declapi::{endpoint, resource, response};

use crate::api::Github;

/// Accounts.
#[resource(on = &Github)]
pub struct Users;

/// Reads the user's own account.
#[endpoint(get = "/user", response = User, on = Users)]
pub struct Current;

/// Reads an account.
#[endpoint(get = "/users/{username}", response = User, on = Users)]
pub struct Get<'a> {
    /// The name of the account.
    pub username: &'a str,
}

/// Changes the user's own account.
#[endpoint(patch = "/user", response = User, on = Users)]
pub struct UpdateCurrent<'a> {
    /// The name of the user.
    pub name: Option<&'a str>,
    /// A short description of the user.
    pub bio: Option<&'a str>,
    /// The name of the user at Twitter; null for none.
    pub twitter_username: Option<Option<&'a str>>,
    /// Whether the user is looking for a job.
    pub hireable: Option<bool>,
}

/// Lists the followers of an account.
#[endpoint(get = "/users/{username}/followers", response = Vec<User>, on = Users)]
pub struct Followers<'a> {
    /// The name of the account.
    pub username: &'a str,
    /// The number of results on a page.
    pub per_page: Option<u8>,
    /// The number of the page, from 1.
    pub page: Option<u32>,
}

/// Follows an account.
#[endpoint(put = "/user/following/{username}", response = (), on = Users, idempotent)]
pub struct Follow<'a> {
    /// The name of the account.
    pub username: &'a str,
}

/// An account.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct User {
    /// The id of the account.
    #[response(required)]
    pub id: u64,
    /// Its name, which is a part of URLs.
    pub login: String,
    /// The name of the user.
    pub name: Option<String>,
    /// Whether the account belongs to GitHub's staff.
    pub site_admin: bool,
}
