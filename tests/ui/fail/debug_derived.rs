use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
#[derive(Clone, Debug)]
pub struct Users {
    pub name: String,
}

fn main() {}
