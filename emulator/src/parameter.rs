//! The parameters of a request: what an endpoint declares, and the checks that come from it.

mod check;
mod read;

pub(crate) use self::{check::check, read::Parameters};

/// A parameter as its endpoint declares it.
#[derive(Debug)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
}

/// What a parameter may hold.
#[derive(Debug)]
pub(crate) enum Kind {
    Text,
    /// One of a fixed list of texts.
    OneOf(&'static [&'static str]),
    Integer {
        least: i64,
        most: i64,
    },
    Flag,
    /// A JSON object with any content, nulls included.
    Map,
    Texts,
    /// A JSON object with parameters of its own.
    Object(&'static [Parameter]),
}

/// An integer that the endpoint itself looks at, because it has an error type of its own.
pub(crate) const INTEGER: Kind = Kind::Integer { least: i64::MIN, most: i64::MAX };

pub(crate) const fn required(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, required: true }
}

pub(crate) const fn optional(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind, required: false }
}
