//! Stytch's Fraud API: devices, rules and verdicts, at a host of its own.

pub mod email;
pub mod fingerprint;
pub mod rules;
pub mod verdict_reasons;

use declapi::resource;

use crate::Client;

/// Devices, rules and verdicts.
///
/// From [`Client::fraud`]. Its calls go to a host of their own, `telemetry`, with the credentials of the client.
#[resource(on = &Client, host = "telemetry")]
pub struct Fraud;
