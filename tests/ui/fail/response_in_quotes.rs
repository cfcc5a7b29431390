use declapi::endpoint;

#[endpoint(post = "/users", response = "User")]
pub struct Users {
    pub name: String,
}

fn main() {}
