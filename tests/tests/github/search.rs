//! Searches.

use declapi::{endpoint, resource, response};

use super::Direction;
use crate::api::Github;
use crate::api::issues::Issue;
use crate::api::repos::Repo;

/// Searches.
#[resource(on = &Github)]
pub struct Search;

/// Finds repositories.
#[endpoint(get = "/search/repositories", response = Found<Repo>, on = Search)]
pub struct Repositories<'a> {
    /// The words, and qualifiers such as `language:rust`.
    pub q: &'a str,
    /// The sort key, such as `stars`; the best match first by default.
    pub sort: Option<&'a str>,
    /// The sort order.
    pub order: Option<Direction>,
    /// The number of results on a page.
    pub per_page: Option<u8>,
    /// The number of the page, from 1.
    pub page: Option<u32>,
}

/// Finds issues and pull requests.
#[endpoint(get = "/search/issues", response = Found<Issue>, on = Search)]
pub struct Issues<'a> {
    /// The words, and qualifiers such as `is:issue`.
    pub q: &'a str,
    /// The sort key, such as `reactions-+1`; the best match first by default.
    pub sort: Option<&'a str>,
    /// The sort order.
    pub order: Option<Direction>,
    /// The number of results on a page.
    pub per_page: Option<u8>,
    /// The number of the page, from 1.
    pub page: Option<u32>,
}

/// The results of a search.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Found<T> {
    /// The number of results on all pages.
    #[response(required)]
    pub total_count: u64,
    /// Whether the search timed out.
    pub incomplete_results: bool,
    /// The results on this page.
    pub items: Vec<T>,
}
