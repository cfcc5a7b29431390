use declapi::{object, response};

#[object]
pub struct Name {
    pub first: String,
    #[object(secret)]
    pub last
}

#[response]
pub struct User {
    #[response(required)]
    pub id: String;
    pub name: Option<
}

fn main() {
    let _ = Name::builder().first("Ada").build();
}
