use declapi::endpoint;

#[endpoint(post = "/users", response = Result<String, Problem>)]
pub struct Create {
    pub name: String,
}

pub struct Problem;

fn main() {}
