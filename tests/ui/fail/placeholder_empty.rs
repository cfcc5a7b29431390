use declapi::endpoint;

#[endpoint(get = "/users/{}", response = ())]
pub struct User {
    pub user_id: String,
}

fn main() {}
