//! The emulator as a program: its settings, what it prints, how it stops, and what is left when it is killed.

#![cfg(unix)]
#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

mod files;
mod kept;
mod log;
mod memory;
mod settings;
mod state;
mod support;
