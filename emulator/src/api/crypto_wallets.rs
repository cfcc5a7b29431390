//! Logins with crypto wallets.

pub(crate) mod authenticate;
pub(crate) mod authenticate_start;

mod named;
