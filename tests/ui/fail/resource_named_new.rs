//! A resource whose method would be the constructor of its parent resource.

use declapi::resource;

fn main() {}

#[resource]
struct Users;

#[resource(on = Users)]
struct New;
