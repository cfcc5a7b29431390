//! A handle whose method would be the constructor of the handle it stands on.

use declapi::resource;

fn main() {}

#[resource]
struct Users;

#[resource(on = Users)]
struct New;
