//! Why the check of a session JWT fails.

use std::fmt;

use crate::Error;
use crate::keys::KeysError;

/// Why a session JWT is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JwtProblem {
    /// It is not a JWT, or it lacks a claim that every session JWT has.
    Malformed,
    /// It is signed with an algorithm other than RS256, or not signed.
    Algorithm,
    /// It names a key that the project does not have.
    UnknownKey,
    /// The signature does not match: it was changed, or signed by somebody else.
    Signature,
    /// It has expired. The session may still be active: the API knows.
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
            Self::Expired => {
                "it has expired: call `fall_back_to_api()` to ask whether the session is still active"
            }
            Self::NotYetValid => "it is from the future: check the clock of this machine",
            Self::Issuer => "it is from another issuer",
            Self::Audience => "it is for another project",
            Self::TooOld => "it is older than `max_age` allows: call `fall_back_to_api()` to ask the API",
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
            Self::Api(error) | Self::Keys(KeysError::Call(error) | KeysError::NoCryptography(error)) => {
                Some(error)
            }
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

impl std::error::Error for JwtError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.call_error().and_then(std::error::Error::source)
    }
}

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
