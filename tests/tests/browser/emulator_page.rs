//! The page of the emulator: what it shows, what it does, and what pages of other sites can not do.

mod elsewhere;
mod visit;

pub(crate) use self::visit::visit;
