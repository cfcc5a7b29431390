declapi::catalogue! {}

declapi::catalogue! { root = "main.rs"; }

fn main() {}
