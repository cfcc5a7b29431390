use stytch_client::endpoint;

#[endpoint]
pub struct Users {
    pub name: String,
}

fn main() {}
