use declapi::{endpoint, resource};

#[endpoint(get = "/a", response = (), timeout = "120 s")]
pub struct AsText;

#[endpoint(get = "/a", response = (), timeout = 120s)]
pub struct WithUnit;

#[endpoint(get = "/a", response = (), timeout = 1.5)]
pub struct Fraction;

#[endpoint(get = "/a", response = (), timeout = Duration::from_secs(120))]
pub struct Typed;

#[endpoint(get = "/a", response = (), timeout = 0)]
pub struct Zero;

#[endpoint(get = "/a", response = (), timeout = 99999999999999999999)]
pub struct Huge;

#[endpoint(get = "/a", response = (), timeout)]
pub struct Bare;

#[resource(timeout = 120)]
pub struct Things;

fn main() {}
