use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[endpoint(secert)]
    pub name: String,
}

fn main() {}
