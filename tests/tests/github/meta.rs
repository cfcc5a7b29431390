//! Information about the API itself.

use std::collections::HashMap;

use declapi::{endpoint, resource, response};

use crate::api::Github;

/// Information about the API itself.
#[resource(on = &Github)]
pub struct Meta;

/// Reads the number of requests that are left.
#[endpoint(get = "/rate_limit", response = RateLimits, on = Meta)]
pub struct RateLimit;

/// Lists the versions of the API.
#[endpoint(get = "/versions", response = Vec<String>, on = Meta)]
pub struct Versions;

/// Lists the emojis, by their names.
#[endpoint(get = "/emojis", response = HashMap<String, String>, on = Meta)]
pub struct Emojis;

/// The number of requests that are left.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RateLimits {
    /// By the kind of request, such as `core`.
    #[response(required)]
    pub resources: HashMap<String, Remaining>,
}

/// The number of requests of one kind that are left.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Remaining {
    /// The number of requests in an hour.
    #[response(required)]
    pub limit: u64,
    /// The number of requests that are left.
    #[response(required)]
    pub remaining: u64,
    /// When the number is reset, in seconds since 1970.
    #[response(required)]
    pub reset: u64,
}
