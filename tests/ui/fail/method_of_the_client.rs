//! Methods that every client has already.

use declapi::{endpoint, resource};

fn main() {}

#[endpoint(post = "/mails", response = ())]
struct Send {}

#[resource]
struct Clone;
