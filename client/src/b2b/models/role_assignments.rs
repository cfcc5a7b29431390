//! Roles of members in requests, by the source of the role.

use std::borrow::Cow;

use declapi::object;

/// A role for members whose email address has this domain.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct EmailRole<'a> {
    /// The domain.
    pub domain: Cow<'a, str>,
    /// The id of the role.
    pub role_id: Cow<'a, str>,
}

/// A role for members who log in with an SSO connection.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConnectionRole<'a> {
    /// The id of the role.
    pub role_id: Cow<'a, str>,
}

/// A role for members who are in a group at the identity provider of an SSO connection.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupRole<'a> {
    /// The id of the role.
    pub role_id: Cow<'a, str>,
    /// The name of the group.
    pub group: Cow<'a, str>,
}

/// A role for members who are in a group of a SCIM connection.
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScimGroupRole<'a> {
    /// The id of the role.
    pub role_id: Cow<'a, str>,
    /// The id of the group.
    pub group_id: Cow<'a, str>,
    /// The name of the group.
    pub group_name: Cow<'a, str>,
}
