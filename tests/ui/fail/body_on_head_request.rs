use declapi::endpoint;

#[endpoint(head = "/users", response = ())]
pub struct Users {
    #[endpoint(body)]
    pub name: String,
}

fn main() {}
