//! A deprecated module.

use declapi::endpoint;

/// Reads something old.
#[endpoint(get = "/old", response = ())]
pub struct Old;
