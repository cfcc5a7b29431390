use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Users {
    #[cfg(unix)]
    pub name: String,
    #[cfg(not(unix))]
    pub name: Vec<u8>,
}

fn main() {}
