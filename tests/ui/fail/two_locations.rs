use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[endpoint(query, body)]
    pub name: String,
}

fn main() {}
