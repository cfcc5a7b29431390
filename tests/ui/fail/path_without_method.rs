use declapi::endpoint;

#[endpoint("/users", response = ())]
pub struct Users {
    pub name: String,
}

fn main() {}
