//! The errors of the Rust API.

use std::{
    error::Error,
    fmt, io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

/// The reason why an emulator could not start: the setting that is wrong, and what to do.
#[derive(Debug)]
#[non_exhaustive]
pub enum StartError {
    /// The address could not be bound: it is in use, not an address of this machine, or not permitted.
    Bind {
        /// The address.
        address: SocketAddr,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The state file cannot be read, written or locked.
    StateFile {
        /// The path of the file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// The state file contains something that no emulator of this version wrote.
    DamagedStateFile {
        /// The path of the file.
        path: PathBuf,
        /// The line that cannot be read, counted from 1.
        line: u64,
    },
    /// A setting has an invalid value.
    Setting {
        /// The name of the setting.
        name: &'static str,
        /// The problem with the value.
        reason: String,
    },
}

impl StartError {
    pub(crate) fn setting(name: &'static str, reason: impl Into<String>) -> Self {
        Self::Setting { name, reason: reason.into() }
    }

    pub(crate) fn log(error: &io::Error) -> Self {
        Self::setting("log", format!("cannot start a thread that prints the log: {error}"))
    }

    pub(crate) fn state_file(path: &Path, source: io::Error) -> Self {
        Self::StateFile { path: path.to_owned(), source }
    }

    pub(crate) fn damaged_state_file(path: &Path, line: u64) -> Self {
        Self::DamagedStateFile { path: path.to_owned(), line }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bind { address, source } => {
                let advice = match source.kind() {
                    io::ErrorKind::AddrNotAvailable => "choose an address of this machine",
                    io::ErrorKind::PermissionDenied => "choose a port above 1023",
                    _ => "choose another port, or 0 for any free one",
                };
                write!(f, "cannot listen on {address}: {source}; {advice}")
            }
            Self::StateFile { path, source } => {
                write!(f, "cannot use the state file {}: {source}", path.display())
            }
            Self::DamagedStateFile { path, line } => {
                let path = path.display();
                write!(
                    f,
                    "cannot read the state file {path}: line {line} is not in the format of this version; "
                )?;
                f.write_str("move the file away to start with an empty state")
            }
            Self::Setting { name, reason } => write!(f, "the setting `{name}` cannot be used: {reason}"),
        }
    }
}

impl Error for StartError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match self {
            Self::Bind { source, .. } | Self::StateFile { source, .. } => Some(source),
            Self::DamagedStateFile { .. } | Self::Setting { .. } => None,
        }
    }
}

/// Why the emulator did not accept an instruction of a test.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ControlError {
    /// A fault for a path that no endpoint of the API has. It would never happen.
    UnknownPath {
        /// The path.
        path: String,
    },
    /// Too many faults are pending: 1000, or bodies of 16 MiB in total.
    TooManyFaults,
    /// The list of breached passwords is full: 10 000 entries, or 4 MiB in total.
    TooManyBreaches,
}

impl fmt::Display for ControlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownPath { path } => {
                let shown: String = path.chars().take(200).collect();
                write!(f, "no endpoint of the API has the path `{shown}`, so the fault would never happen")
            }
            Self::TooManyFaults => {
                f.write_str("too many faults are pending; send requests that use them up, or delete them")
            }
            Self::TooManyBreaches => {
                f.write_str("the list of breached passwords is full; reset the emulator to empty it")
            }
        }
    }
}

impl Error for ControlError {}
