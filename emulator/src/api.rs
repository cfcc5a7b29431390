//! The endpoints of Stytch's API, one in each file.

pub(crate) mod b2b;
pub(crate) mod crypto_wallets;
pub(crate) mod debug;
pub(crate) mod impersonation;
pub(crate) mod m2m;
pub(crate) mod magic_links;
pub(crate) mod not_emulated;
pub(crate) mod oauth;
pub(crate) mod otps;
pub(crate) mod passwords;
pub(crate) mod project;
pub(crate) mod rbac;
pub(crate) mod sessions;
pub(crate) mod totps;
pub(crate) mod users;

mod attributes;
mod authenticated;
mod filter;
mod identity;
mod link;
mod log_in;
mod mail;
mod reach;
mod search;
mod session_grant;
mod shared;

pub(crate) use self::link::{is_absolute, with_token};
