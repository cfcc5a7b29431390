//! A resource with a name that every client has.

use declapi::client;

#[client]
struct Api;

#[declapi::resource(on = &Api, name = send)]
struct Sends;

fn main() {}
