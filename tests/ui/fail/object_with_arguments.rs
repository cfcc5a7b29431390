use stytch_client::object;

#[object(post = "/name")]
pub struct Name {
    pub first: Option<String>,
}

fn main() {}
