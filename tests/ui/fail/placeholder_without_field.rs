use declapi::endpoint;

#[endpoint(get = "/users/{name}/{user_id}", response = ())]
pub struct User {
    pub user_id: String,
}

fn main() {}
