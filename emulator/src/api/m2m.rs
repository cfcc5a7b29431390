//! Machine-to-machine: clients, their secrets, and access tokens.

pub(crate) mod clients;
pub(crate) mod secrets;
pub(crate) mod token;

mod named;
