use stytch_client::endpoint;

#[endpoint(post = "/users", response = ())]
pub union Users {
    pub id: u32,
}

fn main() {}
