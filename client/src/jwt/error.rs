//! Why the check of a token fails.

use std::fmt;

use crate::Error;
use crate::keys::KeysError;
use crate::policy::PolicyError;

/// Why a token is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum JwtProblem {
    /// It is not a JWT, or it lacks a claim that every token of its kind has.
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
    /// It lacks a scope that is required.
    MissingScope,
    /// What is asked for is not allowed, by the policy of the project, nor by that of the organization.
    Unauthorized,
    /// What is asked for is of another organization than the token.
    Tenancy,
}

impl JwtProblem {
    fn message(self) -> &'static str {
        match self {
            Self::Malformed => "it is not a JWT, or of another kind",
            Self::Algorithm => "it is not signed with RS256",
            Self::UnknownKey => "it names a key that the project does not have",
            Self::Signature => "its signature is wrong",
            Self::Expired => {
                "it has expired: for a session JWT, `fall_back_to_api()` asks whether the session is still active"
            }
            Self::NotYetValid => "it is from the future: check the clock of this machine",
            Self::Issuer => "it is from another issuer",
            Self::Audience => "it is for another project",
            Self::TooOld => {
                "it is older than `max_age` allows: for a session JWT, `fall_back_to_api()` asks the API"
            }
            Self::MissingScope => "it lacks a scope that is required",
            Self::Unauthorized => "the project's RBAC policy does not allow what is asked for",
            Self::Tenancy => "it is of another organization than what is asked for",
        }
    }

    /// Whether the API may know more than the JWT says.
    pub(super) fn is_for_the_api(self) -> bool {
        matches!(self, Self::Expired | Self::TooOld | Self::UnknownKey)
    }
}

/// Why the check of a token fails.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum JwtError {
    /// The token is not accepted.
    Rejected(JwtProblem),
    /// The project's keys could not be fetched, so that nobody knows whether the token is good.
    Keys(KeysError),
    /// The project's RBAC policy could not be fetched, so that nobody knows whether it allows what is asked for.
    Policy(PolicyError),
    /// The API was asked, and the call failed. If the API rejected the session, this says so.
    Api(Error),
}

impl JwtError {
    /// Returns why the token is not accepted; `None` if it could not be checked.
    pub fn problem(&self) -> Option<JwtProblem> {
        match self {
            Self::Rejected(problem) => Some(*problem),
            Self::Keys(_) | Self::Policy(_) | Self::Api(_) => None,
        }
    }

    /// Returns the error of the call that failed, to the API, for the keys or for the policy.
    pub fn call_error(&self) -> Option<&Error> {
        match self {
            Self::Api(error)
            | Self::Keys(KeysError::Call(error) | KeysError::NoCryptography(error))
            | Self::Policy(PolicyError::Call(error)) => Some(error),
            Self::Rejected(_) | Self::Keys(_) | Self::Policy(_) => None,
        }
    }

    /// Whether time ran out.
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
