use stytch_client::response;

#[response]
pub enum User {
    Admin,
}

fn main() {}
