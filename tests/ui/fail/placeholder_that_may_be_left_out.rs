use declapi::endpoint;

#[endpoint(get = "/releases/{tag?}", response = ())]
pub struct Required {
    pub tag: String,
}

#[endpoint(get = "/contents/{path*?}", response = ())]
pub struct RequiredSegments {
    pub path: String,
}

#[endpoint(get = "/releases/{tag?}", response = ())]
pub struct Null {
    pub tag: Option<Option<String>>,
}

#[endpoint(get = "/releases/{tags?}", response = ())]
pub struct List {
    pub tags: Option<Vec<String>>,
}

#[endpoint(get = "/releases/{tag?}", response = ())]
pub struct Skipped {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

#[endpoint(get = "/releases/{tag?}.json", response = ())]
pub struct Part {
    pub tag: Option<String>,
}

#[endpoint(get = "/{kind?}/{tag?}", response = ())]
pub struct Two {
    pub kind: Option<String>,
    pub tag: Option<String>,
}

#[endpoint(get = "/{bucket?}/{key*}", response = ())]
pub struct BesideSegments {
    pub bucket: Option<String>,
    pub key: String,
}

fn main() {}
