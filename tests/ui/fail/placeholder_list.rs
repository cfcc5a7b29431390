use declapi::endpoint;

#[endpoint(get = "/users/{user_ids}", response = ())]
pub struct User {
    pub user_ids: Vec<String>,
}

fn main() {}
