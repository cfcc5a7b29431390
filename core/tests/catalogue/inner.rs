//! A module that its parent re-exports.

use declapi::endpoint;

/// Reads an issue.
#[endpoint(get = "/issues/{id}", response = ())]
pub struct Get<'a> {
    /// The id of the issue.
    pub id: &'a str,
}

/// Lists issues.
#[endpoint(get = "/issues", response = ())]
#[deprecated]
pub struct List<const PAGE: usize = 1> {
    /// The state of the issues.
    pub state: Option<String>,
}

/// Searches issues. It is generic, so it is not listed.
#[endpoint(get = "/search", response = ())]
pub struct Search<T> {
    /// The query.
    pub query: T,
}
