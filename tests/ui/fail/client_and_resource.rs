//! The first macro reports the second one.

use declapi::{client, resource};

#[client]
#[resource]
struct First;

#[resource]
#[client]
struct Second;

fn main() {}
