//! Data of a request besides the fields of its endpoint: constants, options of the call, idempotency keys.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod combinations;
mod constants;
mod idempotency;
mod options;
