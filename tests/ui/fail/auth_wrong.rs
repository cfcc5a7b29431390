//! Credentials of an endpoint that are neither `none` nor a name in quotes.

use declapi::{endpoint, resource};

#[endpoint(get = "/a", response = (), auth)]
struct Alone;

#[endpoint(get = "/b", response = (), auth = "")]
struct Empty;

#[endpoint(get = "/c", response = (), auth = admin)]
struct WithoutQuotes;

#[endpoint(get = "/d", response = (), auth = false)]
struct Boolean;

#[endpoint(get = "/e", response = (), auth = "none")]
struct NoneInQuotes;

#[endpoint(get = "/f", response = (), auth = 7)]
struct Number;

#[endpoint(get = "/g", response = (), auth("admin"))]
struct Parentheses;

#[endpoint(get = "/h", response = (), auth = none, auth = "admin")]
struct Twice;

#[endpoint(get = "/i", response = (), no_auth)]
struct AnotherWord;

#[endpoint(get = "/j", response = (), credentials = "admin")]
struct Synonym;

#[resource(auth = None)]
struct OfAResource;

fn main() {}
