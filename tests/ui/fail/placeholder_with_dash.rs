use declapi::endpoint;

#[endpoint(get = "/users/{user-id}", response = ())]
pub struct Get {
    pub page: u8,
}

fn main() {}
