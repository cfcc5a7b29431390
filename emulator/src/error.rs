//! Why an emulator could not start.

use std::{
    error::Error,
    fmt, io,
    net::SocketAddr,
    path::{Path, PathBuf},
};

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
    /// The state file cannot be read, written or locked.
    StateFile {
        /// Where it is.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// The state file holds something that no emulator of this version wrote.
    DamagedStateFile {
        /// Where it is.
        path: PathBuf,
        /// The line that cannot be read, counted from 1.
        line: u64,
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

    pub(crate) fn log(error: &io::Error) -> Self {
        Self::setting("log", format!("there is no thread to print from: {error}"))
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
                write!(f, "cannot listen on {address}: {source}; choose another port, or 0 for any free one")
            }
            Self::StateFile { path, source } => {
                write!(f, "cannot use the state file {}: {source}", path.display())
            }
            Self::DamagedStateFile { path, line } => {
                let path = path.display();
                write!(
                    f,
                    "cannot read the state file {path}: line {line} is not what this version writes; "
                )?;
                f.write_str("move the file away to begin with an empty state")
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
