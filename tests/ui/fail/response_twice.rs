use declapi::endpoint;

#[endpoint(post = "/users", response = (), response = String)]
pub struct Users {
    pub name: String,
}

fn main() {}
