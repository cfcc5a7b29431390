use declapi::endpoint;

#[endpoint(post = "/all%20users", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
