use declapi::{endpoint, resource};

#[resource]
pub struct Users;

#[endpoint(get = "/users/{user_id}", response = (), on = Users, name = get)]
pub struct GetUser {
    pub user_id: String,
}

#[endpoint(get = "/users/me", response = (), on = Users, name = get)]
pub struct GetMe;

fn main() {}
