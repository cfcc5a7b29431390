use declapi::endpoint;

#[endpoint(post = "v1/users", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
