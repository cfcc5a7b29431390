use declapi::endpoint;

#[endpoint(get = "/users/{first}{second}", response = ())]
pub struct User {
    pub first: String,
    pub second: String,
}

fn main() {}
