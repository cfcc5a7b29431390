use declapi::endpoint;

#[endpoint]
pub struct Users {
    pub name: String,
}

fn main() {}
