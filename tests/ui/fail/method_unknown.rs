use stytch_client::endpoint;

#[endpoint(pst = "/users", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
