use declapi::endpoint;

#[endpoint(get = "", response = ())]
pub struct Get {
    pub user_id: String,
}

fn main() {}
