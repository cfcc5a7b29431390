use declapi::response;

#[response]
pub struct User {
    #[response(required, lenient)]
    pub age: u8,
}

fn main() {}
