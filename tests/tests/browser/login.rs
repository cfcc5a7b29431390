//! The login example, from a first visit to the forgotten password.

mod elsewhere;
mod looks;
mod site;
mod visit;

pub(crate) use self::visit::visit;
