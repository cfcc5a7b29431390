use declapi::endpoint;

#[endpoint(get = "/users/{name}", response = ())]
pub struct Users {
    #[serde(flatten)]
    pub name: String,
}

fn main() {}
