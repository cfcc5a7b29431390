//! Stytch's B2B OTP API: one-time passcodes.

pub mod email;
pub mod sms;

use declapi::resource;

use super::Client;

/// One-time passcodes, by mail or SMS.
///
/// From [`Client::otps`].
#[resource(on = &Client)]
pub struct Otps;
