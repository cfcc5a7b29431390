use declapi::response;

#[response]
pub enum User {
    Admin,
}

fn main() {}
