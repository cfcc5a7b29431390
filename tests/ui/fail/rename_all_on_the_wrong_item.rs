use declapi::{endpoint, object, response};

#[endpoint(post = "/users", response = User, rename_all = "camelCase")]
pub struct Create {
    pub name: Name,
}

#[object(rename_all = "camelCase")]
pub struct Name {
    pub first: String,
}

#[response]
pub struct User {
    #[response(default)]
    pub name: String,
}

fn main() {}
