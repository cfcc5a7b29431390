//! The end of a run, for its caller and for the shell.

use std::fmt;
use std::process::ExitCode;

/// The meaning of the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Every line was migrated, or its user already had a password.
    Done = 0,
    /// The end was reached, and some lines were rejected, or would be.
    Rejected = 1,
    /// The command, the input or the journal cannot be used. No request was sent.
    Unusable = 2,
    /// Stopped before the end. The same command continues.
    Unfinished = 3,
    /// A user whose password is known cannot log in. No other user was sent.
    Unverified = 4,
    /// Stopped by Ctrl-C or SIGTERM. The same command continues.
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// The reason why a run cannot continue: one message for people, without values from the input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stop {
    pub(crate) exit: Exit,
    message: String,
}

impl Stop {
    pub(crate) fn unusable(message: impl Into<String>) -> Self {
        Self { exit: Exit::Unusable, message: message.into() }
    }

    pub(crate) fn new(exit: Exit, message: String) -> Self {
        Self { exit, message }
    }

    /// Returns the same error with the name of its subject in front.
    pub(crate) fn about(self, what: impl fmt::Display) -> Self {
        Self { message: format!("{what}: {}", self.message), ..self }
    }

    pub(crate) fn unfinished(message: impl Into<String>) -> Self {
        Self { exit: Exit::Unfinished, message: message.into() }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}
