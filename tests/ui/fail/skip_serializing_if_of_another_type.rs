use declapi::{endpoint, object};

#[endpoint(post = "/users", response = ())]
pub struct Create {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_nothing")]
    pub nick: Option<String>,
    #[endpoint(query)]
    #[serde(skip_serializing_if = "count")]
    pub page: u8,
}

fn count(_: &u8) -> u8 {
    1
}

#[object]
pub struct Name {
    #[serde(skip_serializing_if = "String::is_empty")]
    pub first: Option<String>,
}

fn main() {}
