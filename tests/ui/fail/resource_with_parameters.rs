use declapi::resource;

#[resource]
pub struct Users<'a>;

fn main() {}
