//! Envelopes that are not a path of names in quotes.

use declapi::{client, endpoint, resource};

#[endpoint(get = "/a", response = u8, envelope)]
pub struct Alone;

#[endpoint(get = "/b", response = u8, envelope = result)]
pub struct WithoutQuotes;

#[endpoint(get = "/c", response = u8, envelope = data.user)]
pub struct PathWithoutQuotes;

#[endpoint(get = "/d", response = u8, envelope = 7)]
pub struct Number;

#[endpoint(get = "/e", response = u8, envelope = "data..user")]
pub struct EmptyName;

#[endpoint(get = "/f", response = u8, envelope = "/data/user")]
pub struct Pointer;

#[endpoint(get = "/g", response = u8, envelope = "$.data.user")]
pub struct JsonPath;

#[endpoint(get = "/h", response = u8, envelope("data"))]
pub struct Parentheses;

#[endpoint(get = "/i", response = u8, envelope = "a", envelope = "b")]
pub struct Twice;

#[endpoint(get = "/j", response = u8, unwrap = "data")]
pub struct Guessed;

#[endpoint(get = "/k", response = u8, envelope = none)]
pub struct NoneInWords;

#[resource(wrapper = "data")]
pub struct OfAResource;

#[client(envelope = "data.", base_url = "https://api.example.com")]
pub struct OfAClient;

#[client(unwrap = "data")]
pub struct GuessedOnAClient;

fn main() {}
