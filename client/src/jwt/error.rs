//! The errors of token checks.

use std::fmt;

use crate::Error;
use crate::keys::KeysError;
use crate::policy::PolicyError;

/// The reason why a token is rejected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JwtProblem {
    /// It is not a JWT, or it lacks a claim that every token of its kind has.
    Malformed,
    /// It is signed with an algorithm other than RS256, or not signed.
    Algorithm,
    /// No key of the project has the key id of the header.
    UnknownKey,
    /// The signature is wrong: the token was changed, or signed by someone else.
    Signature,
    /// It has expired. The session may still be active; only the API knows it.
    Expired,
    /// It is from the future, by more than the allowed difference of the clocks.
    NotYetValid,
    /// It is from another issuer.
    Issuer,
    /// It is for another project.
    Audience,
    /// It is as old as `max_age`, or older.
    TooOld,
    /// It lacks a scope that is required.
    MissingScope,
    /// Neither the policy of the project nor that of the organization allows the action.
    Unauthorized,
    /// The token is for another organization.
    Tenancy,
}

impl JwtProblem {
    fn message(self) -> &'static str {
        match self {
            Self::Malformed => "it is not a JWT, or of another kind",
            Self::Algorithm => "it is not signed with RS256",
            Self::UnknownKey => "the project has no key with its key id",
            Self::Signature => "its signature is wrong",
            Self::Expired => {
                "it has expired: for a session JWT, `fall_back_to_api()` lets the API check whether the session is \
                 still active"
            }
            Self::NotYetValid => "it is from the future: check the clock of this machine",
            Self::Issuer => "it is from another issuer",
            Self::Audience => "it is for another project",
            Self::TooOld => {
                "it is older than `max_age` allows: for a session JWT, `fall_back_to_api()` lets the API check the \
                 session"
            }
            Self::MissingScope => "it lacks a scope that is required",
            Self::Unauthorized => "no RBAC policy allows the action",
            Self::Tenancy => "it is for another organization",
        }
    }

    /// Returns whether the API may accept a token that was rejected for this reason.
    pub(super) fn is_for_the_api(self) -> bool {
        matches!(self, Self::Expired | Self::TooOld | Self::UnknownKey)
    }
}

/// The error of a token check.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum JwtError {
    /// The token is rejected.
    Rejected(JwtProblem),
    /// The project's keys could not be fetched, so the token could not be checked.
    Keys(KeysError),
    /// The project's RBAC policy could not be fetched, so the permission could not be checked.
    Policy(PolicyError),
    /// The call of the API failed. If the API rejected the session, the error says so.
    Api(Error),
}

impl JwtError {
    /// Returns the reason why the token is rejected; `None` if it could not be checked.
    pub fn problem(&self) -> Option<JwtProblem> {
        match self {
            Self::Rejected(problem) => Some(*problem),
            Self::Keys(_) | Self::Policy(_) | Self::Api(_) => None,
        }
    }

    /// Returns the error of a failed call: of the API, or for the keys or the policy.
    pub fn call_error(&self) -> Option<&Error> {
        match self {
            Self::Api(error)
            | Self::Keys(KeysError::Call(error) | KeysError::NoCryptography(error))
            | Self::Policy(PolicyError::Call(error)) => Some(error),
            Self::Rejected(_) | Self::Keys(_) | Self::Policy(_) => None,
        }
    }

    /// Returns whether the check timed out.
    pub fn is_timeout(&self) -> bool {
        matches!(self, Self::Keys(KeysError::Timeout(_)) | Self::Policy(PolicyError::Timeout(_)))
            || self.call_error().is_some_and(Error::is_timeout)
    }
}

impl fmt::Display for JwtError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rejected(problem) => write!(f, "the token is rejected: {}", problem.message()),
            Self::Keys(error) => write!(f, "the token cannot be checked: {error}"),
            Self::Policy(error) => write!(f, "the token cannot be checked: {error}"),
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

impl From<PolicyError> for JwtError {
    fn from(error: PolicyError) -> Self {
        Self::Policy(error)
    }
}
