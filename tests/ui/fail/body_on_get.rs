use declapi::endpoint;

#[endpoint(get = "/users", response = ())]
pub struct Users {
    #[endpoint(body)]
    pub name: String,
}

fn main() {}
