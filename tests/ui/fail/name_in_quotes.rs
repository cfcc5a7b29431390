use declapi::endpoint;

#[endpoint(post = "/users", response = (), name = "create")]
pub struct Users {
    pub name: String,
}

fn main() {}
