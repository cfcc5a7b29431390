use stytch_client::object;

#[object]
#[stytch_client::response]
pub struct Name {
    pub first: Option<String>,
}

fn main() {}
