use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
#[declapi::object]
pub struct Users {
    pub name: String,
}

fn main() {}
