//! Information about the API itself.

use std::collections::HashMap;

use declapi::{Text, endpoint, resource, response};

use crate::api::Github;

/// Information about the API itself.
#[resource(on = &Github)]
pub struct Meta;

/// Reads the number of remaining requests.
#[endpoint(get = "/rate_limit", response = RateLimits, on = Meta)]
pub struct RateLimit;

/// Lists the versions of the API.
#[endpoint(get = "/versions", response = Vec<String>, on = Meta)]
pub struct Versions;

/// Lists the emojis, by their names.
#[endpoint(get = "/emojis", response = HashMap<String, String>, on = Meta)]
pub struct Emojis;

/// Reads a random sentence of GitHub's design philosophy.
#[endpoint(get = "/zen", header("accept" = "text/plain"), response = Text, on = Meta)]
pub struct Zen;

/// Renders Markdown as HTML.
#[endpoint(post = "/markdown", header("accept" = "text/html"), response = Text, on = Meta)]
pub struct Markdown<'a> {
    /// The Markdown.
    pub text: &'a str,
    /// The dialect, `markdown` or `gfm`.
    pub mode: Option<&'a str>,
    /// The repository that references such as `#42` are about.
    pub context: Option<&'a str>,
}

/// Renders Markdown that is the whole body as HTML.
#[endpoint(post = "/markdown/raw", header("accept" = "text/html"), body = Text, response = Text, on = Meta)]
pub struct MarkdownRaw<'a> {
    /// The Markdown.
    #[endpoint(whole_body)]
    pub text: &'a str,
}

/// The number of remaining requests.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RateLimits {
    /// By the kind of request, such as `core`.
    #[response(required)]
    pub resources: HashMap<String, Remaining>,
}

/// The number of remaining requests of one kind.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Remaining {
    /// The number of requests in an hour.
    #[response(required)]
    pub limit: u64,
    /// The number of remaining requests.
    #[response(required)]
    pub remaining: u64,
    /// When the number is reset, in seconds since 1970.
    #[response(required)]
    pub reset: u64,
}
