//! The emulator as a program: its settings, its output, how it stops, and its state after it is killed.

#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

mod files;
mod kept;
mod log;
mod memory;
mod settings;
mod state;
mod support;
