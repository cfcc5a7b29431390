use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[serde(with = "not a path")]
    pub name: String,
    #[serde(serialize_with = seconds)]
    pub limit: u32,
}

fn main() {}
