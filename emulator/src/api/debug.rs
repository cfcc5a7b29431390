//! What helps to find mistakes in a configuration.

pub(crate) mod whoami;
