use declapi::endpoint;

#[endpoint(post = "/users", response = (), colour = "red")]
pub struct Users {
    pub name: String,
}

fn main() {}
