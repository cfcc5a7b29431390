use declapi::endpoint;

#[endpoint(post = "/users", response = (), idempotent, idempotent)]
pub struct Users {
    pub name: String,
}

fn main() {}
