use declapi::object;

#[object]
pub struct Name {
    #[declapi::endpoint(secret)]
    pub first: Option<String>,
}

fn main() {}
