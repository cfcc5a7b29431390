//! The parts that a declaration adds to each of its requests.

use super::Location;

/// A constant in generated code: its location, its name and its value. The value is JSON for a body field and text
/// otherwise.
type Constant = (Location, &'static str, &'static str);

/// The parts that an endpoint, a resource or a client adds to each of its requests. An endpoint overrides its resource,
/// which overrides the client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Defaults {
    /// Whether neither this declaration nor its parents add anything. This is true for most endpoints.
    pub(crate) is_plain: bool,
    constants: &'static [Constant],
    idempotency_key: Option<IdempotencyKey>,
    host: Option<&'static str>,
    auth: Option<Auth>,
    /// The path to the response inside of the body; empty for no envelope.
    envelope: Option<&'static str>,
    /// The resource that contains this endpoint or resource.
    within: Option<&'static Self>,
}

/// The credentials that an endpoint or a resource chooses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Auth {
    /// No credentials (`auth = none`).
    None,
    /// The client's credentials with a name (`auth = "name"`).
    Named(&'static str),
}

/// The header for the idempotency key of a call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IdempotencyKey {
    /// The name in lower case.
    pub(crate) header: &'static str,
    /// Whether a key is generated for a call that has none.
    pub(crate) is_generated: bool,
    /// Whether the endpoint itself declares it.
    pub(crate) is_own: bool,
}

impl Defaults {
    /// Settings that add nothing.
    pub const NONE: Self = Self::new(&[]);

    /// Creates settings with constants.
    pub const fn new(constants: &'static [Constant]) -> Self {
        let is_plain = constants.is_empty();
        Self {
            is_plain,
            constants,
            idempotency_key: None,
            host: None,
            auth: None,
            envelope: None,
            within: None,
        }
    }

    /// Sets the header for a key that is generated once per call.
    pub const fn idempotency_key(mut self, header: &'static str) -> Self {
        self.idempotency_key = Some(IdempotencyKey { header, is_generated: true, is_own: true });
        self.not_plain()
    }

    /// Sets the header whose field makes a call safe to retry.
    pub const fn idempotency_field(mut self, header: &'static str) -> Self {
        self.idempotency_key = Some(IdempotencyKey { header, is_generated: false, is_own: true });
        self.not_plain()
    }

    /// Sets the host.
    pub const fn host(mut self, name: &'static str) -> Self {
        self.host = Some(name);
        self.not_plain()
    }

    /// Sets the credentials.
    pub const fn auth(mut self, auth: Auth) -> Self {
        self.auth = Some(auth);
        self.not_plain()
    }

    /// Sets the path to the response inside of the body.
    pub const fn envelope(mut self, path: &'static str) -> Self {
        self.envelope = Some(path);
        self.not_plain()
    }

    /// Sets the declaration that contains this one.
    pub const fn within(mut self, around: &'static Self) -> Self {
        if !around.is_plain {
            self.within = Some(around);
            self.is_plain = false;
        }
        self
    }

    const fn not_plain(mut self) -> Self {
        self.is_plain = false;
        self
    }

    /// Returns whether there are no settings.
    pub(crate) fn is_empty(&self) -> bool {
        self.constants.is_empty() && self.within.is_none_or(Self::is_empty)
    }

    /// Returns the constants. If several have the same name, only the one of the innermost declaration.
    pub(crate) fn constants(self) -> impl Iterator<Item = ConstantInfo> {
        let is_nearest = move |(at, constant): &(usize, ConstantInfo)| {
            !self.of_all_levels().take(*at).any(|nearer| nearer.replaces(constant))
        };
        self.of_all_levels().enumerate().filter(is_nearest).map(|(_, constant)| constant)
    }

    fn of_all_levels(self) -> impl Iterator<Item = ConstantInfo> {
        let levels = std::iter::successors(Some(self), |level| level.within.copied());
        levels.enumerate().flat_map(|(level, defaults)| {
            let constant =
                move |&(location, name, value)| ConstantInfo { location, name, value, is_own: level == 0 };
            defaults.constants.iter().map(constant)
        })
    }

    /// Returns the host of the innermost declaration that sets one.
    pub(crate) fn nearest_host(&self) -> Option<&'static str> {
        self.host.or_else(|| self.within?.nearest_host())
    }

    /// Returns the credentials of the innermost declaration that sets some.
    pub(crate) fn nearest_auth(&self) -> Option<Auth> {
        self.auth.or_else(|| self.within?.nearest_auth())
    }

    /// Returns the envelope of the innermost declaration that sets one.
    pub(crate) fn nearest_envelope(&self) -> Option<&'static str> {
        self.envelope.or_else(|| self.within?.nearest_envelope())
    }

    /// Returns the idempotency key of the innermost declaration that sets one.
    pub(crate) fn nearest_idempotency_key(&self) -> Option<IdempotencyKey> {
        let inherited = || {
            let key = self.within?.nearest_idempotency_key()?;
            Some(IdempotencyKey { is_own: false, ..key })
        };
        self.idempotency_key.or_else(inherited)
    }
}

/// The metadata of a constant: a header, a query pair or a body field that each request of an endpoint has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConstantInfo {
    /// The location of the constant in the request.
    pub location: Location,
    /// The name on the wire.
    pub name: &'static str,
    /// The value: JSON for a body field, text otherwise.
    pub value: &'static str,
    /// Whether the endpoint itself declares it instead of its resource.
    pub is_own: bool,
}

impl ConstantInfo {
    /// Returns whether both are the same header, query pair or body field.
    fn replaces(&self, other: &Self) -> bool {
        self.location == other.location && self.name == other.name
    }
}
