//! Attributes in a `cfg_attr` that the macro would have to copy.

use declapi::endpoint;

fn main() {}

#[endpoint(post = "/users", response = ())]
struct Create {
    #[cfg_attr(all(), deprecated)]
    old: Option<u8>,
    #[cfg_attr(all(), cfg(any()))]
    gone: u8,
}
