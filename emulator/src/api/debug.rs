//! Endpoints that help to find mistakes in a configuration.

pub(crate) mod whoami;
