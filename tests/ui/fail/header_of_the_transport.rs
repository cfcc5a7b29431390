use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[endpoint(header = "Content-Length")]
    pub trace: String,
}

fn main() {}
