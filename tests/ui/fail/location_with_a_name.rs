use declapi::endpoint;

#[endpoint(post = "/users/{user_id}", response = ())]
pub struct Users {
    #[endpoint(path = "user_id")]
    pub user_id: String,
    #[endpoint(query = "starting_after")]
    pub after: Option<String>,
    #[endpoint(body("fullName"))]
    pub name: String,
    #[endpoint(query(name = "pageSize"), secret)]
    pub page_size: Option<u8>,
    #[endpoint(query(3))]
    pub page: Option<u8>,
}

fn main() {}
