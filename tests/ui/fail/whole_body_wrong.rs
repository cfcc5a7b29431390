//! Whole bodies with other body fields or without a body.

use declapi::endpoint;

#[endpoint(put = "/a", response = ())]
pub struct BesideAField {
    #[endpoint(whole_body)]
    pub labels: Vec<String>,
    pub name: String,
}

#[endpoint(put = "/b", response = ())]
pub struct Two {
    #[endpoint(whole_body)]
    pub labels: Vec<String>,
    #[endpoint(whole_body)]
    pub name: String,
}

#[endpoint(get = "/c", response = ())]
pub struct OnGet {
    #[endpoint(whole_body)]
    pub labels: Vec<String>,
}

#[endpoint(put = "/d", response = ())]
pub struct Twice {
    #[endpoint(whole_body, whole_body)]
    pub labels: Vec<String>,
}

#[endpoint(put = "/e", response = ())]
pub struct TwoLocations {
    #[endpoint(whole_body, query)]
    pub labels: Vec<String>,
}

#[endpoint(put = "/f", response = ())]
pub struct Named {
    #[endpoint(whole_body = "labels")]
    pub labels: Vec<String>,
}

#[endpoint(put = "/g/{labels}", response = ())]
pub struct InThePath {
    #[endpoint(whole_body)]
    pub labels: String,
}

#[endpoint(put = "/h", response = ())]
pub struct Flattened {
    #[endpoint(whole_body)]
    #[serde(flatten)]
    pub labels: declapi::JsonObject,
}

#[endpoint(put = "/i", response = ())]
pub struct WithValue {
    #[endpoint(whole_body(json))]
    pub labels: Vec<String>,
}

fn main() {}
