//! Wrong values for the host of an endpoint.

use declapi::{endpoint, resource};

#[endpoint(get = "/a", response = (), host)]
struct Alone;

#[endpoint(get = "/b", response = (), host = "")]
struct Empty;

#[endpoint(get = "/c", response = (), host = uploads)]
struct WithoutQuotes;

#[endpoint(get = "/d", response = (), host = "https://uploads.example.com")]
struct Url;

#[endpoint(get = "/e", response = (), host("uploads" = "https://uploads.example.com"))]
struct Declared;

#[endpoint(get = "/f", response = (), host = "uploads", host = "search")]
struct Twice;

#[endpoint(get = "/g", response = (), base_url = "https://uploads.example.com")]
struct Elsewhere;

#[resource(host = 7)]
struct OfAResource;

fn main() {}
