use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
#[endpoint(put = "/users", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
