use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[endpoint(header = "x trace")]
    pub trace: String,
}

fn main() {}
