use declapi::endpoint;

#[endpoint(post = "/a", response = ())]
pub struct Create {
    pub with_options: bool,
}

fn main() {}
