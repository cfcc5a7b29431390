use stytch_client::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[serde(skip)]
    pub name: String,
}

fn main() {}
