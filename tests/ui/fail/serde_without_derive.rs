use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Create {
    #[serde(rename = "fullName")]
    pub name: String,
}

pub struct Plain {
    #[serde(rename = "fullName")]
    pub name: String,
}

fn main() {}
