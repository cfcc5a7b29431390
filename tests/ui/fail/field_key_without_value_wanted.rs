use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[endpoint(query = "n")]
    pub name: String,
}

fn main() {}
