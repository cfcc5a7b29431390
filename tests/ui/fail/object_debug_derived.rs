use declapi::object;

#[object]
#[derive(Clone, Debug)]
pub struct Name {
    pub first: Option<String>,
}

fn main() {}
