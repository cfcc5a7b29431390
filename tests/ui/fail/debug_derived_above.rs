use declapi::endpoint;

#[derive(Clone, Debug)]
#[endpoint(post = "/users", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
