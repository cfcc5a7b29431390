use declapi::object;

#[object]
pub struct Name;

fn main() {}
