use declapi::{endpoint, object};

#[endpoint(get = "/users/{user_id}", response = ())]
pub struct Get {
    #[path]
    pub user_id: String,
    #[query]
    pub page: u8,
    #[query("pageSize")]
    pub page_size: u8,
    #[header("x-trace")]
    pub trace: String,
    #[header]
    pub if_match: Option<String>,
    #[header(name = "x-other")]
    pub other: Option<String>,
    #[param(rename = "q")]
    pub text: Option<String>,
}

#[endpoint(post = "/users", response = ())]
pub struct Create {
    #[body]
    pub name: String,
    #[json]
    pub nick: String,
    #[secret]
    pub password: String,
}

#[object]
pub struct Key {
    #[secret]
    pub key: String,
}

fn main() {
    let _ = Create::builder().name("Ada").nick("A").password("p").build();
}
