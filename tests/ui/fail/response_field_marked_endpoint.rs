use stytch_client::response;

#[response]
pub struct User {
    #[stytch_client::endpoint(secret)]
    pub name: String,
}

fn main() {}
