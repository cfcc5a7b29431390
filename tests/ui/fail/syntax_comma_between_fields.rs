use declapi::endpoint;

#[endpoint(post = "/users/{user_id}", response = ())]
pub struct Users {
    pub user_id: String
    pub name: String,
    #[endpoint(query)]
    pub page: Option<u8>,
}

fn main() {
    let _ = Users::builder().user_id("u").name("Ada").page(1).build();
}
