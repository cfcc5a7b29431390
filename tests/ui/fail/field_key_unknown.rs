use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[endpoint(colour = "red")]
    pub name: String,
}

fn main() {}
