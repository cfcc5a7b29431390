//! Attributes that have to stand beside every mention of a field, where they cannot be seen.

use declapi::endpoint;

fn main() {}

#[endpoint(post = "/users", response = ())]
struct Create {
    #[cfg_attr(all(), deprecated)]
    old: Option<u8>,
    #[cfg_attr(all(), cfg(any()))]
    gone: u8,
}
