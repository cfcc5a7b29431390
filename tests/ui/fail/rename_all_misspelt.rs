use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
#[serde(rename_all = "camelcase")]
pub struct Users {
    pub name: String,
}

fn main() {}
