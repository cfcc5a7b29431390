use stytch_client::endpoint;

#[endpoint(POST = "/users", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
