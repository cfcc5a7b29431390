use declapi::response;

#[response]
pub struct Nothing;

fn main() {}
