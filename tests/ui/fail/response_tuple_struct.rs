use declapi::response;

#[response]
pub struct Users(pub Vec<String>);

fn main() {}
