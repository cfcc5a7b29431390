use stytch_client::resource;

#[resource]
pub struct Users {
    pub name: String,
}

fn main() {}
