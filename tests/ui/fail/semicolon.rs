use stytch_client::endpoint;

#[endpoint(post = "/users"; response = ())]
pub struct Create {
    pub name: String,
}

fn main() {}
