//! A resource with the name of a method that every client has.

use declapi::client;

#[client]
struct Api;

#[declapi::resource(on = &Api, name = send)]
struct Sends;

fn main() {}
