use declapi::response;

#[response]
pub struct User {
    #[declapi::endpoint(secret)]
    pub name: String,
}

fn main() {}
