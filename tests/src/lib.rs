//! What the tests in `tests/` share: a server that misbehaves, a clock that is told the time, an upper limit for waits,
//! a response that is known, the facts of the API, and every call.
#![expect(clippy::missing_panics_doc, reason = "what cannot be set up ends the test")]

pub mod calls;
pub mod canaries;
pub mod clock;
pub mod deadline;
pub mod differences;
pub mod facts;
pub mod http;
pub mod installed;
pub mod noting;
pub mod server;
pub mod tls;
pub mod told;
