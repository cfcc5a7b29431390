//! Tests `catalogue!` in a crate with several files: all listed paths can be named, with every `cfg`.

mod alternatives;
mod inner;
#[deprecated]
pub mod old;
pub mod other;

use declapi::{Endpoint, endpoint};

pub use self::alternatives::{One, Several};
pub use self::inner::*;
#[cfg(windows)]
pub use self::other::Always;

declapi::catalogue! {
    root = "tests/catalogue/main.rs";
    /// All endpoints.
    pub const ENDPOINTS;
}

mod for_others {
    declapi::catalogue! {
        root = "tests/catalogue/inner.rs";
        /// Passes the endpoints of `inner` on.
        macro_rules! each;
    }

    macro_rules! count {
        ($($endpoint:ty,)*) => { [$(stringify!($endpoint)),*].len() };
    }

    #[test]
    fn types_are_passed_on() {
        assert_eq!(each!(count), 2);
    }
}

/// Reads the state of the service.
#[endpoint(get = "/health", response = String)]
pub struct Health;

#[test]
fn every_endpoint_is_listed_once_in_the_order_of_the_sources() {
    let names: Vec<_> = ENDPOINTS.iter().map(|info| info.name).collect();
    let last = if cfg!(unix) { &["Unix", "Always"][..] } else { &["Always"] };
    let first = ["Health", "Several", "One", "Get", "List", "Old"];
    assert_eq!(names, [&first, last].concat());
    assert!(std::ptr::eq(ENDPOINTS[3], Get::INFO));
    assert_eq!(Several::INFO.path, if cfg!(unix) { "/unix/{id}" } else { "/other" });
}
