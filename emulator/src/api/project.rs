//! The project.

pub(crate) mod metrics;
