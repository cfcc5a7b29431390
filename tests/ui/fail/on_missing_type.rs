use declapi::endpoint;

#[endpoint(post = "/users", response = (), on = Users)]
pub struct Create {
    pub name: String,
}

fn main() {}
