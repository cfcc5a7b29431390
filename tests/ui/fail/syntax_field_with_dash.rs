use declapi::endpoint;

#[endpoint(get = "/users/{user_id}", response = ())]
pub struct Users {
    pub user-id: String,
    #[endpoint(query)]
    pub page: Option<u8>,
}

fn main() {
    let _ = Users::builder().page(1).build();
}
