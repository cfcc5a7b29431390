//! Methods that every client has already.

use stytch_client::{endpoint, resource};

fn main() {}

#[endpoint(post = "/mails", response = ())]
struct Send {}

#[resource]
struct Clone;
