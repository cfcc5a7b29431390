//! The page of the emulator: its content, its actions, and the actions that pages of other sites cannot do.

mod elsewhere;
mod organizations;
mod visit;

pub(crate) use self::visit::visit;
