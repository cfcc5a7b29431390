//! `/_emulator/…`: what tests in any language tell the emulator and ask it. No credentials are needed.

pub(crate) mod breaches;
pub(crate) mod clock;
pub(crate) mod faults;
pub(crate) mod health;
pub(crate) mod outbox;
pub(crate) mod requests;
pub(crate) mod reset;
