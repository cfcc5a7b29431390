//! `/_emulator/…`: what tests in any language ask of the emulator itself. It needs no credentials.

pub(crate) mod breaches;
pub(crate) mod clock;
pub(crate) mod faults;
pub(crate) mod health;
pub(crate) mod outbox;
pub(crate) mod requests;
pub(crate) mod reset;

/// Whether a path belongs to the emulator itself: then it is not recorded, and no fault strikes it.
pub(crate) fn is_control(path: &str) -> bool {
    path.starts_with("/_emulator/")
}
