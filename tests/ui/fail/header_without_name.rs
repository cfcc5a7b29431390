use stytch_client::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[endpoint(header)]
    pub trace: String,
}

fn main() {}
