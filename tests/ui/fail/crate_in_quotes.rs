use stytch_client::endpoint;

#[endpoint(post = "/users", response = (), crate = "stytch_client")]
pub struct Users {
    pub name: String,
}

fn main() {}
