use declapi::endpoint;

#[endpoint(post = "/users", response = User)]
pub struct Users {
    pub name: String,
}

pub struct User {
    pub name: String,
}

fn main() {}
