use stytch_client::endpoint;

#[endpoint(post = "/all users", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
