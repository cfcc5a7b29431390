use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[serde(rename = "n", rename = "m")]
    pub name: String,
}

fn main() {}
