use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[endpoint(rename = "n")]
    pub name: String,
    #[endpoint(default)]
    pub limit: u32,
    #[endpoint(optional)]
    pub cursor: String,
}

fn main() {}
