use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[cfg_attr(unix, serde(rename = "n"))]
    pub name: String,
    #[cfg_attr(unix, endpoint(secret))]
    pub token: String,
}

fn main() {}
