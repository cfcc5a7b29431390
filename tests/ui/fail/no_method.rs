use declapi::endpoint;

#[endpoint(response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
