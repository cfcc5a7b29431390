use declapi::endpoint;

#[endpoint(get = "/users", response = ())]
pub struct User {
    #[endpoint(path)]
    pub user_id: String,
}

fn main() {}
