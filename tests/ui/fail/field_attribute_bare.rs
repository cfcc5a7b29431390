use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[endpoint]
    pub name: String,
    #[endpoint = "query"]
    pub limit: u32,
    #[endpoint()]
    pub cursor: String,
}

fn main() {}
