use declapi::resource;

#[resource(nmae = people)]
pub struct Users;

fn main() {}
