use declapi::endpoint;

#[endpoint(get = "/users", post = "/users", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
