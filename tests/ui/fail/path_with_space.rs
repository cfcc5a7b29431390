use declapi::endpoint;

#[endpoint(post = "/all users", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
