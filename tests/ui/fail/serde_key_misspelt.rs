use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[serde(renam = "n")]
    pub name: String,
}

fn main() {}
