//! The login example, from the first visit to a forgotten password.

mod elsewhere;
mod looks;
mod site;
mod visit;

pub(crate) use self::visit::visit;
