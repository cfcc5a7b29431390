use declapi::endpoint;

#[endpoint(post = "/users", response = 7)]
pub struct Users {
    pub name: String,
}

fn main() {}
