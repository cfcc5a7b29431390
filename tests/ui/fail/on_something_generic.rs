use declapi::endpoint;

pub struct Users<T>(T);

#[endpoint(post = "/users", response = (), on = Users)]
pub struct Create {
    pub name: String,
}

fn main() {}
