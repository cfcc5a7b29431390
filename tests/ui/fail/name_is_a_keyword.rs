use declapi::endpoint;

#[endpoint(post = "/users", response = (), name = move)]
pub struct Users {
    pub name: String,
}

fn main() {}
