use stytch_client::endpoint;

#[endpoint(post = "/users", response = ())]
#[stytch_client::object]
pub struct Users {
    pub name: String,
}

fn main() {}
