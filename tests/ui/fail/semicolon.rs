use declapi::endpoint;

#[endpoint(post = "/users"; response = ())]
pub struct Create {
    pub name: String,
}

fn main() {}
