use declapi::endpoint;

#[endpoint(get = "/users/user_id}", response = ())]
pub struct User {
    pub user_id: String,
}

fn main() {}
