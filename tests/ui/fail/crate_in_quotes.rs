use declapi::endpoint;

#[endpoint(post = "/users", response = (), crate = "declapi")]
pub struct Users {
    pub name: String,
}

fn main() {}
