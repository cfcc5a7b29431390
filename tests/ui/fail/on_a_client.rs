use declapi::{endpoint, resource};

pub struct Client;

#[resource(on = Client)]
pub struct Users;

#[endpoint(get = "/health", response = (), on = crate::Client)]
pub struct Health;

fn main() {}
