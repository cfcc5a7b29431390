use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[endpoint(secret, secret)]
    pub name: String,
}

fn main() {}
