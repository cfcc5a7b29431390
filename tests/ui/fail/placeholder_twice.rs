use declapi::endpoint;

#[endpoint(get = "/users/{user_id}/again/{user_id}", response = ())]
pub struct User {
    pub user_id: String,
}

fn main() {}
