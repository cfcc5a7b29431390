//! Methods that every client already has.

use declapi::{endpoint, resource};

fn main() {}

#[endpoint(post = "/mails", response = ())]
struct Send {}

#[resource]
struct Clone;
