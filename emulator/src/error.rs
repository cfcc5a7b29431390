//! Why an emulator could not start.

use std::{error::Error, fmt, io, net::SocketAddr};

/// Why an emulator could not start: the setting at fault, and what to do about it.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The address could not be bound: taken, not of this machine, or not permitted.
    Bind {
        /// The address that was asked for.
        address: SocketAddr,
        /// What the operating system said.
        source: io::Error,
    },
    /// A setting has a value that no server can work with.
    Setting {
        /// Which setting.
        name: &'static str,
        /// What is wrong with its value.
        reason: String,
    },
}

impl StartError {
    pub(crate) fn setting(name: &'static str, reason: impl Into<String>) -> Self {
        Self::Setting { name, reason: reason.into() }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bind { address, source } => {
                write!(f, "cannot listen on {address}: {source}; choose another port, or 0 for any free one")
            }
            Self::Setting { name, reason } => write!(f, "the setting `{name}` cannot be used: {reason}"),
        }
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Bind { source, .. } => Some(source),
            Self::Setting { .. } => None,
        }
    }
}
