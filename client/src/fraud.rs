//! Stytch's Fraud API: devices, rules and verdicts, at a host of its own.

pub mod email;
pub mod fingerprint;
pub mod rules;
pub mod verdict_reasons;

use declapi::resource;

use crate::Client;

/// Devices, rules and verdicts.
///
/// From [`Client::fraud`].
#[resource(on = &Client)]
pub struct Fraud;
