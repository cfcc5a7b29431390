use declapi::resource;

#[resource]
#[derive(Clone, PartialEq)]
pub struct Users;

fn main() {}
