use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    pub name: Option<String>,
    pub maybe_name: bool,
}

fn main() {}
