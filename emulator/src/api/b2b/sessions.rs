//! The sessions of members.

pub(crate) mod attest;
pub(crate) mod authenticate;
pub(crate) mod exchange;
pub(crate) mod exchange_access_token;
pub(crate) mod get;
pub(crate) mod jwks;
pub(crate) mod migrate;
pub(crate) mod revoke;
