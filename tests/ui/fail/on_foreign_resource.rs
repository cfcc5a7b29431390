use declapi::endpoint;
use declapi::passwords::Passwords;

#[endpoint(post = "/v1/passwords/forget", response = (), on = Passwords)]
pub struct Forget {
    pub email: String,
}

fn main() {}
