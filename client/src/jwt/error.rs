//! Why the check of a session JWT fails.

use std::fmt;
use std::time::Duration;

use crate::Error;

/// Why a session JWT is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JwtProblem {
    /// It is not a JWT, or it lacks a claim that every session JWT has.
    Malformed,
    /// It is signed with another algorithm than RS256, or with none.
    Algorithm,
    /// It names a key that the project does not have.
    UnknownKey,
    /// The signature is not its own: it was tampered with, or signed by somebody else.
    Signature,
    /// It has expired. The session may live on: the API can tell.
    Expired,
    /// It is from the future, by more than clocks may differ.
    NotYetValid,
    /// It is from another issuer.
    Issuer,
    /// It is for another project.
    Audience,
    /// It is as old as `max_age`, or older.
    TooOld,
}

impl JwtProblem {
    fn message(self) -> &'static str {
        match self {
            Self::Malformed => "it is not a session JWT",
            Self::Algorithm => "it is not signed with RS256",
            Self::UnknownKey => "it names a key that the project does not have",
            Self::Signature => "its signature is wrong",
            Self::Expired => "it has expired; `fall_back_to_api()` asks whether the session lives on",
            Self::NotYetValid => "it is from the future: compare the clocks",
            Self::Issuer => "it is from another issuer",
            Self::Audience => "it is for another project",
            Self::TooOld => "it is older than `max_age` allows",
        }
    }

    /// Whether the API may know more than the JWT says.
    pub(super) fn is_for_the_api(self) -> bool {
        matches!(self, Self::Expired | Self::TooOld | Self::UnknownKey)
    }
}

/// Why the check of a session JWT fails.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum JwtError {
    /// The JWT is not accepted.
    Rejected(JwtProblem),
    /// The project's keys could not be fetched, so that nobody knows whether the JWT is good.
    Keys(KeysError),
    /// The API was asked, and the call failed. If the API rejected the session, this says so.
    Api(Error),
}

/// Why the project's keys could not be had.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum KeysError {
    /// The call that fetches them failed.
    Call(Error),
    /// They were still being fetched, for this check and for others, when its time was over.
    Timeout(Duration),
    /// There was not one among them that can be used.
    Unusable,
    /// The runtime ended while they were fetched.
    RuntimeEnded,
    /// Signatures cannot be checked, for lack of cryptography.
    NoCryptography(Error),
}

impl JwtError {
    /// Returns why the JWT is not accepted; `None` if it could not be checked.
    pub fn problem(&self) -> Option<JwtProblem> {
        match self {
            Self::Rejected(problem) => Some(*problem),
            Self::Keys(_) | Self::Api(_) => None,
        }
    }

    /// Returns the error of the call that failed, to the API or for the keys.
    pub fn call_error(&self) -> Option<&Error> {
        match self {
            Self::Api(error) | Self::Keys(KeysError::Call(error) | KeysError::NoCryptography(error)) => Some(error),
            Self::Rejected(_) | Self::Keys(_) => None,
        }
    }

    /// Whether time ran out.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Keys(KeysError::Timeout(_))) || self.call_error().is_some_and(Error::is_timeout)
    }
}

impl fmt::Display for JwtError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rejected(problem) => write!(f, "the session JWT is rejected: {}", problem.message()),
            Self::Keys(error) => write!(f, "the session JWT cannot be checked: {error}"),
            Self::Api(error) => error.fmt(f),
        }
    }
}

impl fmt::Display for KeysError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Call(error) | Self::NoCryptography(error) => error.fmt(f),
            Self::Timeout(timeout) => write!(
                f,
                "the project's keys were still being fetched after {} s: check the network, or raise the timeout",
                timeout.as_secs_f64()
            ),
            Self::Unusable => f.write_str("the project's keys came without one that can be used"),
            Self::RuntimeEnded => f.write_str("the runtime ended while the project's keys were fetched"),
        }
    }
}

impl std::error::Error for JwtError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.call_error().and_then(std::error::Error::source)
    }
}

impl std::error::Error for KeysError {}

impl From<JwtProblem> for JwtError {
    fn from(problem: JwtProblem) -> Self {
        Self::Rejected(problem)
    }
}

impl From<KeysError> for JwtError {
    fn from(error: KeysError) -> Self {
        Self::Keys(error)
    }
}
