use declapi::response;

#[response]
pub struct User {
    #[response(secrets)]
    pub name: String,
    #[response(requird)]
    pub age: u8,
}

fn main() {}
