//! Issues, their labels and their comments.

use declapi::{Timestamp, endpoint, open_enum, response};

use super::users::User;
use crate::api::issues::{Issue, Issues, State};

/// Changes an issue.
#[endpoint(patch = "/repos/{owner}/{repo}/issues/{issue_number}", response = Issue, on = Issues)]
pub struct Update<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The number of the issue.
    pub issue_number: u64,
    /// The title.
    pub title: Option<&'a str>,
    /// The text, in Markdown; null removes it.
    pub body: Option<Option<&'a str>>,
    /// Opens or closes it.
    pub state: Option<State>,
    /// The reason why it is closed or open again.
    pub state_reason: Option<Option<StateReason>>,
    /// The number of its milestone; null for none.
    pub milestone: Option<Option<u64>>,
    /// All of its labels.
    pub labels: Option<Vec<&'a str>>,
}

/// Adds labels to an issue.
#[endpoint(post = "/repos/{owner}/{repo}/issues/{issue_number}/labels", response = Vec<Label>, on = Issues)]
pub struct AddLabels<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The number of the issue.
    pub issue_number: u64,
    /// The labels.
    pub labels: Vec<&'a str>,
}

/// Removes a label from an issue, and returns the others.
#[endpoint(
    delete = "/repos/{owner}/{repo}/issues/{issue_number}/labels/{name}",
    response = Vec<Label>,
    on = Issues
)]
pub struct RemoveLabel<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The number of the issue.
    pub issue_number: u64,
    /// The label.
    pub name: &'a str,
}

/// Lists the comments on an issue, the oldest first.
#[endpoint(
    get = "/repos/{owner}/{repo}/issues/{issue_number}/comments",
    response = Vec<Comment>,
    on = Issues
)]
pub struct ListComments<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The number of the issue.
    pub issue_number: u64,
    /// Only comments that were changed after this time.
    pub since: Option<Timestamp>,
    /// The number of results on a page.
    pub per_page: Option<u8>,
    /// The number of the page, from 1.
    pub page: Option<u32>,
}

/// Comments on an issue.
#[endpoint(post = "/repos/{owner}/{repo}/issues/{issue_number}/comments", response = Comment, on = Issues)]
pub struct CreateComment<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The number of the issue.
    pub issue_number: u64,
    /// The text, in Markdown.
    pub body: &'a str,
}

/// Locks the conversation on an issue.
#[endpoint(put = "/repos/{owner}/{repo}/issues/{issue_number}/lock", response = (), on = Issues, idempotent)]
pub struct Lock<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The number of the issue.
    pub issue_number: u64,
    /// The reason.
    pub lock_reason: Option<LockReason>,
}

/// Unlocks the conversation on an issue.
#[endpoint(delete = "/repos/{owner}/{repo}/issues/{issue_number}/lock", response = (), on = Issues, idempotent)]
pub struct Unlock<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The number of the issue.
    pub issue_number: u64,
}

open_enum! {
    /// The reason why an issue is closed or open again.
    pub enum StateReason {
        /// It is done.
        Completed = "completed",
        /// It will not be done.
        NotPlanned = "not_planned",
        /// There is another issue about the same.
        Duplicate = "duplicate",
        /// It was closed by mistake, or too early.
        Reopened = "reopened",
    }
}

open_enum! {
    /// The reason why a conversation is locked.
    pub enum LockReason {
        /// It is off-topic.
        OffTopic = "off-topic",
        /// It is too heated.
        TooHeated = "too heated",
        /// It is resolved.
        Resolved = "resolved",
        /// It is spam.
        Spam = "spam",
    }
}

/// A label.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Label {
    /// Its name.
    #[response(required)]
    pub name: String,
    /// Its colour, as six hexadecimal digits.
    pub color: String,
}

/// A comment.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Comment {
    /// The id of the comment.
    #[response(required)]
    pub id: u64,
    /// The text, in Markdown.
    pub body: String,
    /// The author.
    pub user: Option<User>,
}
