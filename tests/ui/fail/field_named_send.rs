use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    pub send: bool,
    pub build: bool,
}

fn main() {}
