use declapi::endpoint;

#[endpoint(post = "/users")]
pub struct Users {
    pub name: String,
}

fn main() {}
