use declapi::resource;

#[resource]
pub struct Users(String);

fn main() {}
