use stytch_client::endpoint;

#[endpoint(post = "/users", response = "User")]
pub struct Users {
    pub name: String,
}

fn main() {}
