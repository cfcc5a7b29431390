use declapi::object;

#[object]
pub struct Name(pub String);

fn main() {}
