//! The mails that the emulator would have sent.

use std::fmt;

/// A mail that the emulator wrote instead of sending it.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Message {
    /// The address that the mail is for.
    pub to: String,
    /// The single-use token in the mail's link.
    pub token: String,
}

impl fmt::Debug for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Message").field("to", &self.to).finish_non_exhaustive()
    }
}
