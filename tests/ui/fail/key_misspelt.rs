use declapi::endpoint;

#[endpoint(post = "/users", respons = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
