use declapi::endpoint;

#[endpoint(post = "/users", response = (), idempotent = true)]
pub struct Users {
    pub name: String,
}

fn main() {}
