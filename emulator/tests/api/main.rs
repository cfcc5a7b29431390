//! The emulator as a client sees it, over HTTP.

#![expect(clippy::expect_used, reason = "a failed expectation fails the test")]

mod b2b;
mod browsers;
mod control;
mod faults;
mod hashes;
mod impersonation;
mod jwts;
mod limits;
mod m2m;
mod magic_links;
mod metadata;
mod not_emulated;
mod oauth;
mod page;
mod passcodes;
mod passwords;
mod project;
mod rbac;
mod requests;
mod resets;
mod sessions;
mod state;
mod strength;
mod support;
mod totps;
mod user_search;
mod users;
mod wallets;
