use declapi::endpoint;

#[endpoint(get = "/users?limit=1", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
