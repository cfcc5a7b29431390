//! Where a user's request came from, and what of it has to stay the same.

use std::borrow::Cow;

use declapi::object;

/// Where a user's request came from.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attributes<'a> {
    /// The IP address of the user's device.
    pub ip_address: Option<Cow<'a, str>>,
    /// The user's browser, as its header `User-Agent` names it.
    pub user_agent: Option<Cow<'a, str>>,
}

/// What has to be the same when a link or a passcode is used as when it was sent.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MatchOptions {
    /// Whether the IP address has to be the same.
    pub ip_match_required: Option<bool>,
    /// Whether the browser has to be the same.
    pub user_agent_match_required: Option<bool>,
}
