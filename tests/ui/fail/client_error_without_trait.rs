//! An error type that says nothing of where things are.

use declapi::client;

#[client(error = Problem)]
struct Api;

struct Problem;

fn main() {}
