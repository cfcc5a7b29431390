//! The origin of a user's request, and the parts of it that must not change.

use std::borrow::Cow;

use declapi::object;

/// The origin of a user's request.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attributes<'a> {
    /// The IP address of the user's device.
    pub ip_address: Option<Cow<'a, str>>,
    /// The user's browser, as in its `User-Agent` header.
    pub user_agent: Option<Cow<'a, str>>,
}

/// The attributes that must not change between sending and using a link or a passcode.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MatchOptions {
    /// Whether the IP address must be the same.
    pub ip_match_required: Option<bool>,
    /// Whether the browser must be the same.
    pub user_agent_match_required: Option<bool>,
}
