//! Words of other crates for the type of a response.

use declapi::endpoint;

#[endpoint(get = "/a", response = (), stream)]
pub struct Stream;

#[endpoint(get = "/b", response = (), sse)]
pub struct Sse;

#[endpoint(get = "/c", response = (), bytes)]
pub struct Raw;

#[endpoint(get = "/d", response = (), text)]
pub struct Plain;

#[endpoint(get = "/e", returns = u8)]
pub struct Returns;

fn main() {}
