//! The emulator as a client sees it: everything here is said over HTTP.

#![expect(clippy::expect_used, reason = "what is not as expected fails the test that asked")]

mod faults;
mod hashes;
mod limits;
mod passwords;
mod refusals;
mod resets;
mod sessions;
mod state;
mod strength;
mod support;
