use declapi::{endpoint, resource};

#[endpoint(post = "/users", response = (), on = Users<C>)]
pub struct Create {
    pub name: String,
}

#[resource]
pub struct Users;

fn main() {}
