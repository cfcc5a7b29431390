use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub union Users {
    pub id: u32,
}

fn main() {}
