//! What the tests in `tests/` share: a server that misbehaves, a clock that is told the time, an answer that is
//! known, and every call.
#![expect(clippy::missing_panics_doc, reason = "what cannot be set up ends the test")]

pub mod calls;
pub mod canaries;
pub mod clock;
pub mod http;
pub mod server;
pub mod told;
