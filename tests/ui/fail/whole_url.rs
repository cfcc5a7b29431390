//! A path that is a whole URL, with settings that such an endpoint cannot have.

use declapi::endpoint;

#[endpoint(get = "{url}", response = (), host = "uploads")]
struct WithHost<'a> {
    url: &'a str,
}

#[endpoint(get = "{url}", response = (), auth = "admin")]
struct WithCredentials<'a> {
    url: &'a str,
}

#[endpoint(get = "{base}/files", response = ())]
struct AndMore<'a> {
    base: &'a str,
}

#[endpoint(get = "{url?}", response = ())]
struct Optional<'a> {
    url: Option<&'a str>,
}

#[endpoint(get = "{url}", response = ())]
struct MayBeMissing<'a> {
    url: Option<&'a str>,
}

#[endpoint(get = "{url}", response = ())]
struct Misspelt<'a> {
    uri: &'a str,
}

#[endpoint(get = "https://cdn.example.com/{file}", response = ())]
struct Written<'a> {
    file: &'a str,
}

fn main() {}
