use stytch_client::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[endpoint(header = "x trace")]
    pub trace: String,
}

fn main() {}
