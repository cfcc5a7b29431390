use declapi::endpoint;

#[endpoint(get = "/users#first", response = ())]
pub struct Get {
    pub user_id: String,
}

fn main() {}
