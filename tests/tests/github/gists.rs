//! Gists: a few files with a separate URL.

use std::collections::HashMap;

use declapi::{Timestamp, endpoint, object, resource, response};

use super::users::User;
use crate::api::Github;

/// Gists.
#[resource(on = &Github)]
pub struct Gists;

/// Lists the user's gists.
#[endpoint(get = "/gists", response = Vec<Summary>, on = Gists)]
pub struct List {
    /// Only gists that were changed after this time.
    pub since: Option<Timestamp>,
    /// The number of results on a page.
    pub per_page: Option<u8>,
    /// The number of the page, from 1.
    pub page: Option<u32>,
}

/// Creates a gist.
#[endpoint(post = "/gists", response = Gist, on = Gists)]
pub struct Create<'a> {
    /// Its files, by their names.
    pub files: HashMap<&'a str, NewFile<'a>>,
    /// The description.
    pub description: Option<&'a str>,
    /// Whether it is public.
    pub public: Option<bool>,
}

/// Reads a gist.
#[endpoint(get = "/gists/{gist_id}", response = Gist, on = Gists)]
pub struct Get<'a> {
    /// The id of the gist.
    pub gist_id: &'a str,
}

/// Changes a gist.
#[endpoint(patch = "/gists/{gist_id}", response = Gist, on = Gists)]
pub struct Update<'a> {
    /// The id of the gist.
    pub gist_id: &'a str,
    /// The description.
    pub description: Option<&'a str>,
    /// The files that change, by their names; null deletes one.
    pub files: Option<HashMap<&'a str, Option<ChangedFile<'a>>>>,
}

/// Deletes a gist.
#[endpoint(delete = "/gists/{gist_id}", response = (), on = Gists, idempotent)]
pub struct Delete<'a> {
    /// The id of the gist.
    pub gist_id: &'a str,
}

/// Stars a gist.
#[endpoint(put = "/gists/{gist_id}/star", response = (), on = Gists, idempotent)]
pub struct Star<'a> {
    /// The id of the gist.
    pub gist_id: &'a str,
}

/// A file to create.
#[object]
pub struct NewFile<'a> {
    /// The content.
    pub content: &'a str,
}

/// A file to change.
#[object]
pub struct ChangedFile<'a> {
    /// The content.
    pub content: Option<&'a str>,
    /// Its new name.
    pub filename: Option<&'a str>,
}

/// A gist in a list.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Summary {
    /// The id of the gist.
    #[response(required)]
    pub id: String,
    /// The description.
    pub description: Option<String>,
    /// Whether it is public.
    pub public: bool,
}

/// A gist.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Gist {
    /// The id of the gist.
    pub id: String,
    /// The description.
    pub description: Option<String>,
    /// Its files, by their names.
    pub files: HashMap<String, Option<File>>,
    /// Whether it is public.
    pub public: bool,
    /// The owner.
    pub owner: Option<User>,
}

/// A file of a gist.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct File {
    /// Its size in bytes.
    pub size: u64,
    /// Its language.
    pub language: Option<String>,
    /// The content.
    pub content: Option<String>,
}
