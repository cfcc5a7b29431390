use stytch_client::object;

#[object]
pub enum Name {
    First(String),
}

fn main() {}
