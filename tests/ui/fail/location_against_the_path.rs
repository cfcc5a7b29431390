use declapi::endpoint;

#[endpoint(get = "/users/{user_id}", response = ())]
pub struct User {
    #[endpoint(query)]
    pub user_id: String,
}

fn main() {}
