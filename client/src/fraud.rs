//! Stytch's Fraud API: devices, rules and verdicts, on a separate host.

pub mod email;
pub mod fingerprint;
pub mod rules;
pub mod verdict_reasons;

use declapi::resource;

use crate::Client;

/// Devices, rules and verdicts.
///
/// From [`Client::fraud`]. Its calls go to the separate host `telemetry`, with the credentials of the client.
#[resource(on = &Client, host = "telemetry")]
pub struct Fraud;
