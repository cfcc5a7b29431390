use declapi::endpoint;

#[endpoint(get = "/users/{ user_id }", response = ())]
pub struct Get {
    pub user_id: String,
}

fn main() {}
