use declapi::endpoint;

#[endpoint(get = "/users/{user-id}", response = ())]
pub struct User {
    pub user_id: String,
}

fn main() {}
