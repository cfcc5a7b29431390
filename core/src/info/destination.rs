//! Which host and which credentials an endpoint or a resource chooses.

/// The host and the credentials of an endpoint or a resource, where they are not those of the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Destination {
    pub(crate) host: Option<&'static str>,
    pub(crate) auth: Option<Auth>,
}

/// The credentials that an endpoint chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Auth {
    /// None (`auth = none`).
    None,
    /// Those that the client has under a name (`auth = "name"`).
    Named(&'static str),
}

impl Destination {
    /// The same as the client's.
    pub(crate) const CLIENT: Self = Self { host: None, auth: None };
}
