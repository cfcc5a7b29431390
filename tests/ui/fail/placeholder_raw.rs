use declapi::endpoint;

#[endpoint(get = "/users/{r#type}", response = ())]
pub struct User {
    pub r#type: String,
}

fn main() {}
