use declapi::endpoint;

#[endpoint(get = "/users", response = ())]
pub struct Users {
    pub name: Option<Option<String>>,
}

fn main() {}
