use declapi::object;

#[object(post = "/name")]
pub struct Name {
    pub first: Option<String>,
}

fn main() {}
