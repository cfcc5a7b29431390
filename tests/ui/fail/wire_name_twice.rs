use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    pub name: String,
    #[serde(rename = "name")]
    pub alias: String,
}

fn main() {}
