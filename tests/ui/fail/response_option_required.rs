use declapi::response;

#[response]
pub struct User {
    #[response(required)]
    pub name: Option<String>,
}

fn main() {}
