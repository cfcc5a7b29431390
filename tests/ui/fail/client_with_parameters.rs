//! The macro adds the only parameter.

use declapi::client;

#[client]
struct Api<T> {
    it: T,
}

fn main() {}
