//! A parameter as its endpoint declares it.

/// A parameter: its name, its type, and whether it is required.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
}

/// The type of a parameter.
#[derive(Debug)]
pub(crate) enum Kind {
    String,
    /// A string that the list of recorded requests must not show: a password, a hash or a token.
    Secret,
    /// One of a fixed list of strings.
    OneOf(&'static [&'static str]),
    Integer {
        least: i64,
        most: i64,
    },
    Bool,
    /// A JSON object with any content, nulls included.
    Map,
    StringList,
    /// A list of strings that the list of recorded requests must not show, such as recovery codes.
    SecretList,
    /// A JSON object with declared fields.
    Object(&'static [Parameter]),
    /// A list of JSON objects with declared fields.
    ObjectList(&'static [Parameter]),
}

/// An integer whose range the endpoint checks itself, because it has a separate error type for it.
pub(crate) const INTEGER: Kind = Kind::Integer { least: i64::MIN, most: i64::MAX };

pub(crate) const fn required(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, required: true }
}

pub(crate) const fn optional(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, required: false }
}
