use declapi::response;

#[response]
#[derive(Debug, serde::Deserialize)]
pub struct User {
    pub name: String,
}

fn main() {}
