use declapi::object;

#[object]
#[declapi::response]
pub struct Name {
    pub first: Option<String>,
}

fn main() {}
