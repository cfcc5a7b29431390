use stytch_client::endpoint;

#[endpoint(post = "/users" response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
