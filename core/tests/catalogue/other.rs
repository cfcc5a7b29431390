//! A public module.

use declapi::endpoint;

/// Reads what only some systems have.
#[cfg(unix)]
#[endpoint(get = "/unix", response = ())]
pub struct Unix;

/// Reads what no system has.
#[cfg(all(unix, windows))]
#[endpoint(get = "/none", response = ())]
pub struct None;

#[cfg(test)]
mod tests {
    use declapi::endpoint;

    /// For tests only.
    #[allow(dead_code)]
    #[endpoint(get = "/test", response = ())]
    pub(super) struct OnlyInTests;
}
