//! Repositories, their commits and their branches.

use std::collections::HashMap;

use declapi::{JsonObject, Text, Timestamp, endpoint, response};

use super::Direction;
use super::users::User;
use crate::api::repos::{Repo, Repos};

/// Changes the settings of a repository.
#[endpoint(patch = "/repos/{owner}/{repo}", response = Repo, on = Repos)]
pub struct Update<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// Its new name.
    pub name: Option<&'a str>,
    /// The description.
    pub description: Option<&'a str>,
    /// Whether it is private.
    pub private: Option<bool>,
    /// Whether it is read-only.
    pub archived: Option<bool>,
}

/// Deletes a repository.
#[endpoint(delete = "/repos/{owner}/{repo}", response = (), on = Repos, idempotent)]
pub struct Delete<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
}

/// Lists the repositories of an organization.
#[endpoint(get = "/orgs/{org}/repos", response = Vec<Repo>, on = Repos)]
pub struct ListForOrg<'a> {
    /// The organization.
    pub org: &'a str,
    /// The kind of repository, such as `forks`.
    pub r#type: Option<&'a str>,
    /// The sort key, such as `pushed`.
    pub sort: Option<&'a str>,
    /// The sort order.
    pub direction: Option<Direction>,
    /// The number of results on a page.
    pub per_page: Option<u8>,
    /// The number of the page, from 1.
    pub page: Option<u32>,
}

/// Creates a repository of the user.
#[endpoint(post = "/user/repos", response = Repo, on = Repos)]
pub struct Create<'a> {
    /// Its name.
    pub name: &'a str,
    /// The description.
    pub description: Option<&'a str>,
    /// Whether it is private.
    pub private: Option<bool>,
    /// Whether it starts with a commit.
    pub auto_init: Option<bool>,
    /// The licence that it starts with, such as `mit`.
    pub license_template: Option<&'a str>,
}

/// Lists the commits of a branch, the newest first.
#[endpoint(get = "/repos/{owner}/{repo}/commits", response = Vec<Commit>, on = Repos)]
pub struct ListCommits<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The branch, tag or commit to start at.
    pub sha: Option<&'a str>,
    /// Only commits that change this file or folder.
    pub path: Option<&'a str>,
    /// Only commits after this time.
    pub since: Option<Timestamp>,
    /// The number of results on a page.
    pub per_page: Option<u8>,
    /// The number of the page, from 1.
    pub page: Option<u32>,
}

/// Reads the changes of a commit in the format of `diff`.
#[endpoint(
    get = "/repos/{owner}/{repo}/commits/{ref}",
    header("accept" = "application/vnd.github.diff"),
    response = Text,
    on = Repos
)]
pub struct Diff<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The commit, or a branch or a tag.
    pub r#ref: &'a str,
}

/// Lists the branches of a repository.
#[endpoint(get = "/repos/{owner}/{repo}/branches", response = Vec<Branch>, on = Repos)]
pub struct ListBranches<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// Only protected branches, or only unprotected ones.
    pub protected: Option<bool>,
    /// The number of results on a page.
    pub per_page: Option<u8>,
}

/// Compares two branches.
#[endpoint(get = "/repos/{owner}/{repo}/compare/{base}...{head}", response = Comparison, on = Repos)]
pub struct Compare<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The branch to compare with, such as `main` or, in another repository, `octocat:main`.
    pub base: &'a str,
    /// The branch that is compared.
    pub head: &'a str,
    /// The number of commits on a page.
    pub per_page: Option<u8>,
    /// The number of the page, from 1.
    pub page: Option<u32>,
}

/// Reads a branch or a tag, if there is one.
#[endpoint(
    get = "/repos/{owner}/{repo}/git/ref/{ref*}",
    response = Option<Reference>,
    none = 404,
    on = Repos
)]
pub struct GetRef<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The branch or the tag, such as `heads/main`.
    pub r#ref: &'a str,
}

/// Counts the bytes of each language.
#[endpoint(get = "/repos/{owner}/{repo}/languages", response = HashMap<String, u64>, on = Repos)]
pub struct Languages<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
}

/// Replaces the topics of a repository.
#[endpoint(put = "/repos/{owner}/{repo}/topics", response = Topics, on = Repos, idempotent)]
pub struct ReplaceTopics<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The topics.
    pub names: Vec<&'a str>,
}

/// Watches a repository, or ignores it.
#[endpoint(put = "/repos/{owner}/{repo}/subscription", response = Subscription, on = Repos, idempotent)]
pub struct Subscribe<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// Whether to notify the user of events in the repository.
    pub subscribed: Option<bool>,
    /// Whether to ignore all events in the repository.
    pub ignored: Option<bool>,
}

/// Sends an event to the workflows of a repository.
#[endpoint(post = "/repos/{owner}/{repo}/dispatches", response = (), on = Repos)]
pub struct Dispatch<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The name of the event.
    pub event_type: &'a str,
    /// The data of the event.
    pub client_payload: Option<JsonObject>,
}

/// A name for a commit.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reference {
    /// The name, such as `refs/heads/main`.
    #[response(required)]
    pub r#ref: String,
}

/// A commit.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Commit {
    /// The hash of the commit.
    #[response(required)]
    pub sha: String,
    /// The content of the commit.
    pub commit: CommitText,
    /// Its author's account, if the author has one; GitHub sends an empty object if not.
    #[response(lenient)]
    pub author: Option<User>,
}

/// The content of a commit.
#[response]
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct CommitText {
    /// The message.
    pub message: String,
}

/// The difference between two branches.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Comparison {
    /// How the branches differ, such as `ahead`.
    #[response(required)]
    pub status: String,
    /// The commits that only the compared branch has.
    pub commits: Vec<Commit>,
}

/// A branch.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Branch {
    /// Its name.
    #[response(required)]
    pub name: String,
    /// Whether it is protected.
    pub protected: bool,
}

/// The topics of a repository.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Topics {
    /// The topics.
    #[response(required)]
    pub names: Vec<String>,
}

/// How the user watches a repository.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Subscription {
    /// Whether the user is notified of events in the repository.
    #[response(required)]
    pub subscribed: bool,
    /// Whether all events in the repository are ignored.
    pub ignored: bool,
}
