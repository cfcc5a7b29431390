use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[endpoint(header)]
    pub trace: String,
}

fn main() {}
