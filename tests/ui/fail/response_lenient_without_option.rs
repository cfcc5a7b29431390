use declapi::response;

#[response]
pub struct User {
    #[response(lenient)]
    pub age: u8,
}

fn main() {}
