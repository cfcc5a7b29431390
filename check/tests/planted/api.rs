//! The declarations, which fit the document.

use std::collections::HashMap;

use declapi::{
    Bytes, Endpoint, EndpointInfo, Form, Text, Timestamp, Upload, client, endpoint, object, open_enum,
    resource, response,
};

/// An API of repositories.
#[client(base_url = "https://api.example.com", header("x-api-version" = "3"))]
pub struct Hub;

/// Issues.
#[resource(on = &Hub)]
pub struct Issues;

/// What comes in an envelope.
#[resource(on = &Hub, envelope = "data.user")]
pub struct Users;

/// Every endpoint.
pub const ENDPOINTS: &[&EndpointInfo] = &[
    ListIssues::INFO,
    CreateIssue::INFO,
    DeleteIssue::INFO,
    Login::INFO,
    Store::INFO,
    ReplaceTags::INFO,
    GetUser::INFO,
    Zen::INFO,
    Search::INFO,
];

open_enum! {
    /// Whether there is something to do.
    pub enum State {
        /// There is.
        Open = "open",
        /// There is not.
        Closed = "closed",
    }
}

/// Lists issues.
#[endpoint(get = "/repos/{owner}/{repo}/issues", response = Vec<Issue>, on = Issues)]
pub struct ListIssues<'a> {
    /// The account.
    pub owner: &'a str,
    /// The repository.
    pub repo: &'a str,
    /// Only those in this state.
    pub state: Option<State>,
    /// The page.
    pub page: u32,
    /// Only those with all of these.
    #[endpoint(query(comma))]
    pub labels: Option<Vec<&'a str>>,
    /// An id for logs.
    #[endpoint(header = "x-trace")]
    pub trace: Option<&'a str>,
}

/// Creates an issue.
#[endpoint(
    post = "/repos/{owner}/{repo}/issues",
    response = Issue,
    query("format" = "json"),
    body("source" = "api"),
    on = Issues
)]
pub struct CreateIssue<'a> {
    /// The account.
    pub owner: &'a str,
    /// The repository.
    pub repo: &'a str,
    /// The title.
    pub title: &'a str,
    /// The text.
    pub body: Option<&'a str>,
    /// The labels.
    pub labels: Option<Vec<&'a str>>,
    /// The milestone; null for none.
    pub milestone: Option<Option<u64>>,
    /// Who works on it.
    pub assignee: Option<Assignee<'a>>,
}

/// Who works on an issue.
#[object]
pub struct Assignee<'a> {
    /// The name.
    pub login: &'a str,
    /// Since when.
    pub since: Option<Timestamp>,
}

/// Deletes an issue.
#[endpoint(delete = "/repos/{owner}/{repo}/issues/{id}", response = (), on = Issues)]
pub struct DeleteIssue<'a> {
    /// The account.
    pub owner: &'a str,
    /// The repository.
    pub repo: &'a str,
    /// The number, which the document gives another name.
    pub id: u64,
}

/// Logs in.
#[endpoint(post = "/login", response = (), body = Form, on = Users)]
pub struct Login<'a> {
    /// The name.
    pub user: &'a str,
}

/// Stores a file.
#[endpoint(put = "/files", response = (), body = Bytes, on = Users)]
pub struct Store {
    /// The content.
    #[endpoint(whole_body)]
    pub content: Upload,
}

/// Replaces the tags.
#[endpoint(put = "/tags", response = (), on = Users)]
pub struct ReplaceTags<'a> {
    /// The tags.
    #[endpoint(whole_body)]
    pub tags: Vec<&'a str>,
}

/// Reads the user.
#[endpoint(get = "/user", response = User, on = Users)]
pub struct GetUser;

/// Reads a sentence.
#[endpoint(get = "/zen", header("accept" = "text/plain"), response = Text, on = Issues)]
pub struct Zen;

/// Searches issues. The path of the server is in the path.
#[endpoint(
    post = "/v1/search/{query*}",
    response = Plain,
    idempotency_key = "idempotency-key",
    on = Issues
)]
pub struct Search<'a> {
    /// The words.
    pub query: &'a str,
    /// Only those of these kinds.
    #[endpoint(query(brackets))]
    pub kinds: Vec<&'a str>,
    /// Only those that fit.
    #[endpoint(query(deep))]
    pub filter: Option<Filter<'a>>,
}

/// What fits.
#[object]
pub struct Filter<'a> {
    /// Who wrote it.
    pub author: Option<&'a str>,
}

/// What does not say what it is.
#[derive(Debug, serde::Deserialize)]
pub struct Plain {}

/// An issue.
#[response]
#[derive(Debug)]
pub struct Issue {
    /// Its id.
    #[response(required)]
    pub id: u64,
    /// Its title.
    pub title: String,
    /// Whether there is something to do.
    pub state: Option<State>,
    /// Its labels.
    pub labels: Vec<Label>,
    /// How important it is.
    pub score: Option<f64>,
    /// Whether it can be changed.
    pub locked: bool,
    /// Numbers of reactions.
    pub counts: HashMap<String, u64>,
    /// The issue that it is a part of.
    pub parent: Option<Box<Issue>>,
}

/// A label.
#[response]
#[derive(Debug)]
pub struct Label {
    /// Its name.
    #[response(required)]
    pub name: String,
    /// Its colour.
    pub color: Option<String>,
}

/// A user.
#[response]
#[derive(Debug)]
pub struct User {
    /// The name.
    pub login: String,
}
