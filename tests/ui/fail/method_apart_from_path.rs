use declapi::endpoint;

#[endpoint(method = POST, path = "/users", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
