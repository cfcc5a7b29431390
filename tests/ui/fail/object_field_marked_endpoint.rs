use stytch_client::object;

#[object]
pub struct Name {
    #[stytch_client::endpoint(secret)]
    pub first: Option<String>,
}

fn main() {}
