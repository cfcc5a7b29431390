use declapi::object;

#[object]
#[derive(Clone, serde::Serialize)]
pub struct Name {
    pub first: Option<String>,
}

fn main() {}
