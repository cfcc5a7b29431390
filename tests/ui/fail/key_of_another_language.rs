use stytch_client::endpoint;

#[endpoint(returns = User, handle = Users, method = "post", url = "/users")]
pub struct Users {
    pub name: String,
}

fn main() {}
