use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[serde(skip)]
    pub name: String,
}

fn main() {}
