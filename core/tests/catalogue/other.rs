//! A public module.

use declapi::endpoint;

/// Exists only on some systems.
#[cfg(unix)]
#[endpoint(get = "/unix", response = ())]
pub struct Unix;

/// Has a shorter path on some systems.
#[endpoint(get = "/always", response = ())]
pub struct Always;

/// Exists on no system.
#[cfg(all(unix, windows))]
#[endpoint(get = "/none", response = ())]
pub struct None;

#[cfg(test)]
mod tests {
    use declapi::endpoint;

    /// Exists only in tests.
    #[allow(dead_code)]
    #[endpoint(get = "/test", response = ())]
    pub(super) struct OnlyInTests;
}
