use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub enum Users {
    All,
}

fn main() {}
