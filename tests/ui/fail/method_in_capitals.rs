use declapi::endpoint;

#[endpoint(POST = "/users", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
