use declapi::{endpoint, resource};

#[resource]
pub struct Users;

#[endpoint(post = "/users", response = (), on = Users)]
pub struct New {
    pub name: String,
}

fn main() {}
