use declapi::endpoint;

#[endpoint(post, response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
