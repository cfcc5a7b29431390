//! The declarations, which match the document.

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

/// Endpoints with an envelope.
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
    /// The state of an issue.
    pub enum State {
        /// There is work to do.
        Open = "open",
        /// The work is done.
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
    /// The milestone. Null removes it.
    pub milestone: Option<Option<u64>>,
    /// The person who works on it.
    pub assignee: Option<Assignee<'a>>,
}

/// The person who works on an issue.
#[object]
pub struct Assignee<'a> {
    /// The name.
    pub login: &'a str,
    /// The start of the work.
    pub since: Option<Timestamp>,
}

/// Deletes an issue.
#[endpoint(delete = "/repos/{owner}/{repo}/issues/{id}", response = (), on = Issues)]
pub struct DeleteIssue<'a> {
    /// The account.
    pub owner: &'a str,
    /// The repository.
    pub repo: &'a str,
    /// The number. It has another name in the document.
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

/// Searches issues. The path begins with the path of the server.
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
    /// Only those that match.
    #[endpoint(query(deep))]
    pub filter: Option<Filter<'a>>,
}

/// The condition of a search.
#[object]
pub struct Filter<'a> {
    /// The author.
    pub author: Option<&'a str>,
}

/// A type without a description.
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
    /// The state.
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
