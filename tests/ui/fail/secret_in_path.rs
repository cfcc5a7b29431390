use declapi::endpoint;

#[endpoint(get = "/users/{token}", response = ())]
pub struct Users {
    #[endpoint(secret)]
    pub token: String,
}

fn main() {}
