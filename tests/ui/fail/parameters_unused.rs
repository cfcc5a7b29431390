use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users<'a, T> {
    pub name: String,
}

fn main() {}
