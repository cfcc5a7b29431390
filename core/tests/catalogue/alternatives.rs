//! Endpoints of which the system picks one.

use declapi::endpoint;

/// Has a field on some systems.
#[cfg_attr(all(), cfg(unix))]
#[endpoint(get = "/unix/{id}", response = ())]
pub struct Several<'a> {
    /// The id.
    pub id: &'a str,
}

/// Has no field on other systems.
#[cfg(not(unix))]
#[endpoint(get = "/other", response = ())]
pub struct Several;

pub use self::imp::One;

#[cfg(unix)]
mod imp {
    use declapi::endpoint;

    /// Exists on one system.
    #[endpoint(get = "/one", response = ())]
    pub struct One;
}

#[cfg(not(unix))]
mod imp {
    use declapi::endpoint;

    /// Exists on other systems.
    #[endpoint(get = "/one", response = ())]
    pub struct One;
}
