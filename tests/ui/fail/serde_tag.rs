use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
#[serde(tag = "kind")]
pub struct Users {
    pub name: String,
}

fn main() {}
