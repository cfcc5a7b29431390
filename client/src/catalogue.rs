//! Every endpoint that this crate declares.

use crate::passwords::{
    Authenticate, Create, EmailReset, EmailResetStart, ExistingPasswordReset, Migrate, SessionReset,
    StrengthCheck,
};
use crate::{Endpoint, EndpointInfo, sessions};

/// The descriptions of every endpoint that this crate declares.
///
/// ```
/// let paths: Vec<_> = stytch_client::ENDPOINTS.iter().map(|endpoint| endpoint.path).collect();
/// assert!(paths.contains(&"/v1/passwords/migrate"));
/// ```
pub const ENDPOINTS: &[&EndpointInfo] = &[
    Create::INFO,
    Authenticate::INFO,
    Migrate::INFO,
    StrengthCheck::INFO,
    EmailResetStart::INFO,
    EmailReset::INFO,
    ExistingPasswordReset::INFO,
    SessionReset::INFO,
    sessions::Authenticate::INFO,
    sessions::Get::INFO,
    sessions::Revoke::INFO,
    sessions::Jwks::INFO,
];
