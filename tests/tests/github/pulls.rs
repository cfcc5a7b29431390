//! Pull requests and their reviews.

use declapi::{endpoint, object, open_enum, resource, response};

use super::Direction;
use super::users::User;
use crate::api::Github;
use crate::api::issues::{Filter, State};

/// Pull requests.
#[resource(on = &Github)]
pub struct Pulls;

/// Lists the pull requests of a repository.
#[endpoint(get = "/repos/{owner}/{repo}/pulls", response = Vec<Pull>, on = Pulls)]
pub struct List<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The state of the pull requests; open by default.
    pub state: Option<Filter>,
    /// The branch that they merge, such as `octocat:new-topic`.
    pub head: Option<&'a str>,
    /// The branch that they are merged into.
    pub base: Option<&'a str>,
    /// The sort key, such as `long-running`.
    pub sort: Option<&'a str>,
    /// The sort order.
    pub direction: Option<Direction>,
    /// The number of results on a page.
    pub per_page: Option<u8>,
    /// The number of the page, from 1.
    pub page: Option<u32>,
}

/// Creates a pull request.
#[endpoint(post = "/repos/{owner}/{repo}/pulls", response = Pull, on = Pulls)]
pub struct Create<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The branch to merge.
    pub head: &'a str,
    /// The branch to merge into.
    pub base: &'a str,
    /// The title.
    pub title: Option<&'a str>,
    /// The text, in Markdown.
    pub body: Option<&'a str>,
    /// Whether it is a draft.
    pub draft: Option<bool>,
}

/// Reads a pull request.
#[endpoint(get = "/repos/{owner}/{repo}/pulls/{pull_number}", response = Pull, on = Pulls)]
pub struct Get<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The number of the pull request.
    pub pull_number: u64,
}

/// Merges a pull request.
#[endpoint(put = "/repos/{owner}/{repo}/pulls/{pull_number}/merge", response = Merged, on = Pulls)]
pub struct Merge<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The number of the pull request.
    pub pull_number: u64,
    /// The title of the commit.
    pub commit_title: Option<&'a str>,
    /// The expected hash of the branch.
    pub sha: Option<&'a str>,
    /// The way to merge.
    pub merge_method: Option<MergeMethod>,
}

/// Reviews a pull request.
#[endpoint(post = "/repos/{owner}/{repo}/pulls/{pull_number}/reviews", response = Review, on = Pulls)]
pub struct CreateReview<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The number of the pull request.
    pub pull_number: u64,
    /// The result; the review is pending by default.
    pub event: Option<ReviewEvent>,
    /// The text, in Markdown.
    pub body: Option<&'a str>,
    /// Comments on single lines.
    pub comments: Option<Vec<LineComment<'a>>>,
}

/// Removes reviewers who were requested.
#[endpoint(
    delete = "/repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers",
    response = Pull,
    on = Pulls,
    idempotent
)]
pub struct RemoveReviewers<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The number of the pull request.
    pub pull_number: u64,
    /// The accounts.
    #[endpoint(body)]
    pub reviewers: Vec<&'a str>,
    /// The teams.
    #[endpoint(body)]
    pub team_reviewers: Option<Vec<&'a str>>,
}

/// A comment on a line.
#[object]
pub struct LineComment<'a> {
    /// The path of the file.
    pub path: &'a str,
    /// The line.
    pub line: Option<u32>,
    /// The text, in Markdown.
    pub body: &'a str,
}

open_enum! {
    /// How commits are merged.
    pub enum MergeMethod {
        /// With a merge commit.
        Merge = "merge",
        /// All commits become one.
        Squash = "squash",
        /// Each commit is put on top of the base.
        Rebase = "rebase",
    }
}

open_enum! {
    /// The result of a review.
    pub enum ReviewEvent {
        /// The changes are approved.
        Approve = "APPROVE",
        /// Changes are requested.
        RequestChanges = "REQUEST_CHANGES",
        /// A comment without a result.
        Comment = "COMMENT",
    }
}

/// A pull request.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Pull {
    /// Its number in the repository.
    #[response(required)]
    pub number: u64,
    /// The title.
    pub title: String,
    /// Whether it is open.
    pub state: Option<State>,
    /// Whether it is a draft.
    pub draft: bool,
    /// The author.
    pub user: Option<User>,
    /// The branch to merge.
    #[response(required)]
    pub head: Side,
    /// The branch to merge into.
    #[response(required)]
    pub base: Side,
}

/// A branch of a pull request.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Side {
    /// The name of the branch.
    #[response(required)]
    pub r#ref: String,
    /// The hash of its last commit.
    pub sha: String,
}

/// The result of a merge.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Merged {
    /// Whether it is merged.
    #[response(required)]
    pub merged: bool,
    /// The hash of the commit.
    pub sha: String,
}

/// A review.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Review {
    /// The id of the review.
    #[response(required)]
    pub id: u64,
    /// The result, such as `CHANGES_REQUESTED`.
    pub state: String,
}
