use declapi::endpoint;

#[endpoint(get = "/sessions", response = ())]
pub struct Get {
    #[endpoint(secret)]
    pub token: String,
}

#[endpoint(delete = "/sessions", response = ())]
pub struct Delete {
    #[endpoint(secret)]
    pub token: Option<String>,
    #[endpoint(secret, query)]
    pub said: Option<String>,
}

#[endpoint(head = "/sessions", response = ())]
pub struct Probe {
    #[endpoint(secret)]
    #[serde(flatten)]
    pub tokens: std::collections::BTreeMap<String, String>,
}

fn main() {}
