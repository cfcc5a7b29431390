use declapi::resource;

#[resource("/users")]
pub struct Users;

fn main() {}
