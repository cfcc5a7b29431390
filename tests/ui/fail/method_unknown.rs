use declapi::endpoint;

#[endpoint(pst = "/users", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
