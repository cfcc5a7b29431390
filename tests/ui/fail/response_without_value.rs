use declapi::endpoint;

#[endpoint(post = "/users", response)]
pub struct Users {
    pub name: String,
}

fn main() {}
