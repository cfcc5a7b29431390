use stytch_client::response;

#[response]
pub struct User<'de> {
    pub name: &'de str,
}

fn main() {}
