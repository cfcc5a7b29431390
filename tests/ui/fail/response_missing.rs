use stytch_client::endpoint;

#[endpoint(post = "/users")]
pub struct Users {
    pub name: String,
}

fn main() {}
