use declapi::resource;

#[resource]
pub enum Users {}

fn main() {}
