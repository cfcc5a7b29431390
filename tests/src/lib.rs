//! Shared parts of the tests in `tests/`: a server that misbehaves, a controlled clock, a timeout for waits, a
//! client with a fixed response, the facts of the API, all calls, and the files of the repository.
#![expect(clippy::missing_panics_doc, reason = "a failed setup ends the test")]

pub mod calls;
pub mod canaries;
pub mod clock;
pub mod deadline;
pub mod differences;
pub mod facts;
pub mod files;
pub mod fixed_response;
pub mod http;
pub mod http2;
pub mod installed;
pub mod noting;
pub mod openapi;
pub mod server;
pub mod tls;
