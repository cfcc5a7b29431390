use stytch_client::endpoint;
use stytch_client::passwords::Passwords;

#[endpoint(post = "/v1/passwords/forget", response = (), on = Passwords)]
pub struct Forget {
    pub email: String,
}

fn main() {}
