//! What a response is read into and written from: the part of `#[response]` that is compiled once.
//!
//! It depends on nothing else in this crate.

pub mod beside;
pub(crate) mod borrowed;
pub(crate) mod lenient;
pub(crate) mod names;
pub mod reading;
pub mod tolerant;
pub mod writing;
