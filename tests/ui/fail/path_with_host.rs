use declapi::endpoint;

#[endpoint(post = "https://example.com/users", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
