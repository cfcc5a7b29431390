use declapi::endpoint;

#[endpoint(get = "/users", get = "/people", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
